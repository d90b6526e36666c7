"""Amounts: told only if they may be relied on today, each with its channel, its case and its dates."""

from collections.abc import Iterable

from bot.phrases.cards import card_words
from bot.procedures import Confidence, Fee, Fees, Procedure, Source
from bot.replies.blocks import Line, line
from bot.replies.telling import (
    SHORT_SENTENCE,
    Section,
    Speaker,
    by_channels,
    date,
    doubtful,
    expired,
    listed,
    lowered,
    sentence_part,
)


def fees_shown(speaker: Speaker, entry: Procedure) -> list[Fee]:
    """The fees that may be told today: none of low confidence, none past its last day."""
    fees = entry.fee
    if fees is None:
        return []
    sources = [entry.source_of(fee, fees) for fee in fees.items]
    told = zip(fees.items, sources, strict=True)
    return [f for f, source in told if source.confidence is not Confidence.LOW and not expired(speaker, source)]


def fee_words(speaker: Speaker, entry: Procedure) -> list[str]:
    """The amounts that may be told today, one each, without a full stop."""
    return [_fee(speaker, entry, fee) for fee in fees_shown(speaker, entry)]


def fee_summary(speaker: Speaker, entry: Procedure) -> str:
    """The amounts in half a line: all of them, or from least to most where that would be a wall; "" if none is told."""
    words = "; ".join(map(lowered, fee_words(speaker, entry)))
    if len(words) >= SHORT_SENTENCE:
        return card_words(speaker.say).by_case.format(amounts=_range(speaker, entry))
    return words or (lowered(sentence_part(entry.fee.unknown)) if entry.fee and entry.fee.unknown else "")


def fee_section(speaker: Speaker, entry: Procedure) -> Section | None:
    fees, say = entry.fee, speaker.say
    if fees is None:
        return None
    cases = say.fee_cases.replace("{amounts}", _range(speaker, entry))
    lines: list[Line] = listed(fee_words(speaker, entry), speaker.name(entry), say.fee_line, cases, say.no_fee)
    lines += [line(words) for words in _fee_warnings(speaker, entry, fees)]
    if fees.exempt:
        lines.append(line(say.exempt.format(text=fees.exempt)))
    return doubtful(speaker, fees, lines, fee_sources(speaker, entry, fees))


def _range(speaker: Speaker, entry: Procedure) -> str:
    """From the least to the most that is charged today."""
    sources = [(fee, entry.source_of(fee, entry.fee)) for fee in fees_shown(speaker, entry)]
    today = [fee for fee, source in sources if not (source.effective_from and source.effective_from > speaker.today)]
    amounts = sorted({fee.amount for fee in today or [fee for fee, _ in sources]})
    if len(amounts) < 2:
        return "".join(map(_dong, amounts))
    return speaker.say.amounts.format(low=_dong(amounts[0]), high=_dong(amounts[-1]))


def _dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đồng"


def _fee_warnings(speaker: Speaker, entry: Procedure, fees: Fees) -> Iterable[str]:
    say = speaker.say
    sources = [(fee, entry.source_of(fee, fees)) for fee in fees.items]
    for fee, source in sources:
        if expired(speaker, source) and source.confidence is not Confidence.LOW and source.effective_until:
            yield say.fee_expired.format(amount=_money(fee), date=date(source.effective_until))
    if any(source.confidence is Confidence.LOW for _, source in sources):
        yield say.fee_unsure
    if fees.unknown:
        yield fees.unknown


def _fee(speaker: Speaker, entry: Procedure, fee: Fee) -> str:
    say, source = speaker.say, entry.source_of(fee, entry.fee)
    parts = [f"{fee.name} {_money(fee)}", by_channels(say, fee.channels)]
    if fee.when:
        parts.append(f"({lowered(fee.when)})")
    if source.effective_from and source.effective_from > speaker.today:
        parts.append(say.fee_later.format(date=date(source.effective_from)))
    if source.effective_until:
        parts.append(say.fee_until.format(date=date(source.effective_until)))
    if fee.note:
        parts.append(f"({lowered(sentence_part(fee.note))})")
    return " ".join(p for p in parts if p)


def _money(fee: Fee) -> str:
    return f"{_dong(fee.amount)}/{fee.per}" if fee.per else _dong(fee.amount)


def fee_sources(speaker: Speaker, entry: Procedure, fees: Fees) -> list[Source]:
    """The sources of the amounts that are told, or of the group where none is."""
    return [entry.source_of(fee, fees) for fee in fees_shown(speaker, entry)] or [entry.source_of(fees)]
