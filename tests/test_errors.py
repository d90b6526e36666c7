"""The family of errors: what staff read when something is wrong."""

import pytest

from bot.errors import ChannelError, ConfigError, Fault, KnowledgeError, MotCuaError, StorageError

FAULT = Fault("ho-tich.yaml", 12, "procedures.0.fee", "để trống", "ghi nội dung")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (FAULT, "ho-tich.yaml:12: procedures.0.fee: để trống → ghi nội dung"),
        (Fault("a.yaml", 1, "", "thiếu tệp này", "chép lại"), "a.yaml:1: thiếu tệp này → chép lại"),
        (Fault("a.yaml", 3, "id", "trùng"), "a.yaml:3: id: trùng"),
        (Fault("a.yaml", 3, "", "trùng"), "a.yaml:3: trùng"),
    ],
)
def test_a_fault_says_where_what_and_how_to_mend_it(fault: Fault, words: str) -> None:
    assert str(fault) == words


def test_a_knowledge_error_carries_all_faults() -> None:
    error = KnowledgeError("Có 2 lỗi:", [FAULT, Fault("b.yaml", 1, "", "trống")])
    assert error.faults == (FAULT, Fault("b.yaml", 1, "", "trống"))
    assert str(error) == f"Có 2 lỗi:\n  {FAULT}\n  b.yaml:1: trống"
    assert str(KnowledgeError("Không thấy.")) == "Không thấy."


@pytest.mark.parametrize("kind", [ConfigError, KnowledgeError, StorageError, ChannelError])
def test_one_family(kind: type[MotCuaError]) -> None:
    assert issubclass(kind, MotCuaError)
    assert str(kind("Hãy sửa.")) == "Hãy sửa."
