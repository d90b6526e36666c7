"""What is said of a procedure that is known by its official name only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CatalogueSentences:
    """One language; words in braces are put in when they are said."""

    code: str
    field: str
    agency: str
    issuer: str
    thin: str
    asked: str
    source: str
    imported: str
    option: str


VIETNAMESE_CATALOGUE = CatalogueSentences(
    code="Mã thủ tục: {code}.",
    field="Lĩnh vực: {field}.",
    agency="Nơi giải quyết: {agency}.",
    issuer="Nơi công bố: {issuer}.",
    thin="Bot chưa có hướng dẫn chi tiết cho thủ tục này. Hồ sơ, mức thu và thời hạn có ở trang chính thức.",
    asked="Bot chưa có hướng dẫn chi tiết cho thủ tục này, nên chưa trả lời được phần bạn hỏi ({facets}). Hãy xem trang chính thức.",
    source="Nguồn: danh mục của Cổng Dịch vụ công quốc gia",
    imported="nhập ngày {date}",
    option="{code}: {name} ({agency})",
)

ENGLISH_CATALOGUE = CatalogueSentences(
    code="Procedure code: {code}.",
    field="Field: {field}.",
    agency="Handled by: {agency}.",
    issuer="Published by: {issuer}.",
    thin="The bot has no detailed guide for this procedure yet. Papers, fees and time are on the official page.",
    asked="The bot has no detailed guide for this procedure yet and cannot answer what you asked ({facets}). Please see the official page.",
    source="Source: list of the National Public Service Portal",
    imported="imported on {date}",
    option="{code}: {name} ({agency})",
)
