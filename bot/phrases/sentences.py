"""The sentences as a form to fill in; words in braces are put in when they are said."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sentences:
    """One language. Keys of the mappings are the values of Facet, Channel, OnlineLevel and Permission."""

    facets: Mapping[str, str]
    channels: Mapping[str, str]
    online_levels: Mapping[str, str]
    permissions: Mapping[str, str]
    amounts: str
    if_by: str
    or_by: str
    fee_line: str
    no_fee: str
    fee_later: str
    fee_until: str
    fee_expired: str
    fee_unsure: str
    fee_cases: str
    exempt: str
    time_line: str
    time_cases: str
    documents_line: str
    case: str
    copies: str
    form: str
    forms_line: str
    no_forms: str
    place_line: str
    address: str
    who_line: str
    late: str
    steps_line: str
    result_line: str
    validity_line: str
    basis_line: str
    missing: str
    expired: str
    overview_place: str
    overview_time: str
    overview_fee: str
    overview_documents: str
    source: str
    checked: str
    official_page: str
    choose: str
    choose_single: str
    none_of_these: str
    noted_none: str
    unknown: str
    unknown_hint: str
    unknown_contact: str
    nearest: str
    no_procedure: str
    example_procedure: str
    foreign: str
    off_topic: str
    welcome: str
    help: str
    stale_button: str
    failed: str
    flooded: str
    not_text: str
    send_as_text: str
    terminal_hint: str
    menu: Mapping[str, str]
