"""What a question asks for: how cues are written and weighed, and what the shipped lexicon makes of questions."""

from collections.abc import Iterator

import pytest

from bot.knowledge import Knowledge
from bot.matching.cues import Cue, Cues, Node, Spelled, cue
from bot.matching.reading import Reader
from bot.procedures import Facet
from bot.text import fold

CUES: dict[Facet, list[str]] = {
    Facet.DOCUMENTS: ["hồ sơ", "giấy_tờ/hồ_sơ gì", "giấy tờ chi"],
    Facet.FEE: ["lệ phí", "phí", "chi phí", "bao_nhiêu/mấy tiền", "lệ_phí … bao nhiêu", "bao nhiêu?"],
    Facet.TIME: ["bao lâu", "mấy ngày"],
    Facet.PLACE: ["ở đâu", "(phường/xã) hay (phường/xã)"],
    Facet.ONLINE: ["trực tuyến", "trực_tuyến … được không?"],
    Facet.WHO: ["có được … không?", "được không?"],
    Facet.PROXY: ["làm hộ", "nhờ … được không?"],
    Facet.DEADLINE: ["phải … trong bao_lâu/mấy_ngày"],
    Facet.RESULT: ["(trợ_cấp) … được bao nhiêu"],
}


def small(text: str) -> tuple[str, str]:
    """The facets of a text and the words that are left, with the cues above."""
    reader = Reader({}, {}, ["ạ", "cho hỏi", "giấy tờ gì đó"], CUES, ["hộ chiếu", "chi phí học tập", "mấy ngày nay"])
    reading = reader.read(text)
    return " ".join(reading.facets), " ".join(word.typed for word in reading.words)


@pytest.mark.parametrize(
    ("text", "facets", "words"),
    [
        # a gap
        ("có được mua nhà không", "who", "mua nhà"),
        ("co duoc mua nha khong", "who", "mua nha"),
        ("có được không", "who", ""),
        ("có được mua nhà", "", "có được mua nhà"),
        ("có được mua, không", "", "có được mua không"),  # a gap stays in its part
        ("có được " + "rất " * 15 + "nhiều không", "", "có được " + "rất " * 15 + "nhiều không"),
        # what asks ends the question
        ("có được mua nhà không ạ", "who", "mua nhà"),
        ("có được mua nhà không anh chị", "who", "mua nhà anh chị"),
        ("có được mua nhà không lệ phí bao nhiêu", "who fee", "mua nhà"),
        ("có được mua nhà không gian rộng", "", "có được mua nhà không gian rộng"),
        ("số bao nhiêu vậy kia", "", "số bao nhiêu vậy kia"),
        # choices, and words in brackets that stay
        ("giấy tờ gì", "documents", ""),
        ("hồ sơ gì", "documents", ""),
        ("nộp phường hay xã", "place", "nộp phường hay xã".replace(" hay", "")),
        ("trợ cấp đó được bao nhiêu", "result", "trợ cấp đó"),
        # the most telling wins, then the narrowest, then the longest
        ("phải nộp trong bao lâu", "deadline", "nộp"),
        ("nộp trong bao lâu", "time", "nộp trong"),
        ("lệ phí này hết bao nhiêu tiền", "fee", "này hết tiền"),
        ("nhờ vợ làm trực tuyến được không", "online", "nhờ vợ làm"),
        ("nhờ vợ làm được không", "proxy", "vợ làm"),
        # order, and no facet twice
        ("bao lâu, lệ phí, ở đâu", "time fee place", ""),
        ("ở đâu, lệ phí, bao lâu", "place fee time", ""),
        ("lệ phí, bao lâu, mấy tiền", "fee time", ""),
        ("nộp ở đâu và có được không", "place who", "nộp và"),
        # topics: where nothing else is asked
        ("lệ phí khai sinh", "fee", "khai sinh"),
        ("khai sinh lệ phí", "fee", "khai sinh"),
        ("cho hỏi lệ phí và hồ sơ khai sinh", "fee documents", "và khai sinh"),
        ("hồ sơ khai sinh bao lâu", "time", "hồ sơ khai sinh"),
        ("hồ sơ và lệ phí bao nhiêu", "documents fee", "và"),
        ("em nộp hồ sơ", "", "em nộp hồ sơ"),
        ("hôm qua em đi làm lệ phí khai sinh", "", "hôm qua em đi làm lệ phí khai sinh"),
        ("bố em năm nay đã hơn bảy mươi tuổi rồi lệ phí", "", "bố em năm nay đã hơn bảy mươi tuổi rồi lệ phí"),
        ("giấy tờ chi", "documents", ""),
        ("chi phí", "fee", ""),
        # names and politeness are not cut
        ("làm hộ chiếu", "", "làm hộ chiếu"),
        ("chi phí học tập", "", "chi phí học tập"),
        ("mất mấy ngày nay", "", "mất mấy ngày nay"),
        ("giấy tờ gì đó", "", ""),
        # one accented word typed without accents says nothing
        ("phi khai sinh", "", "phi khai sinh"),
        ("le phi khai sinh", "fee", "khai sinh"),
        ("2,5 triệu bao lâu", "time", "2 5 triệu"),
        ("", "", ""),
    ],
)
def test_cues_are_found(text: str, facets: str, words: str) -> None:
    assert small(text) == (facets, words)


def test_a_pattern_needs_no_tidiness() -> None:
    neat, untidy = (
        Cues({Facet.FEE: ["bao nhiêu/mấy tiền"]}).root,
        Cues({Facet.FEE: [" … bao  nhiêu//mấy tiền …", "bao mấy tiền"]}).root,
    )
    assert [c.facet for _, c in spelled(neat)] == [c.facet for _, c in spelled(untidy)]
    assert {words for words, _ in spelled(neat)} == {words for words, _ in spelled(untidy)}


def test_what_follows_is_worked_out_once_and_what_ends_alike_is_one() -> None:
    root = Cues({Facet.FEE: ["lệ_phí/phí … bao_nhiêu", "phí … bao_nhiêu"], Facet.TIME: ["mấy ngày"]}).root
    assert root.steps is root.steps
    (_, fee), (_, phi) = *root.steps["le"], *root.steps["phi"]
    (_, after) = fee.steps["phi"][0]
    assert after is phi
    assert after.gap is phi.gap is not None
    assert root.gap is None
    assert not root.facets


def spelled(node: Node, said: tuple[Spelled, ...] = (), gaps: str = "") -> Iterator[tuple[str, Cue]]:
    """Every cue of a tree as it is written."""
    words = " ".join(step.word.typed + ("?" if step.ends else "") for step in said)
    for facet in node.facets:
        yield f"{words}{gaps}", cue(facet, [step.word for step in said])
    for steps in node.steps.values():
        for step, after in steps:
            yield from spelled(after, (*said, step), gaps)
    if node.gap:
        yield from spelled(node.gap, said, f"{gaps} …{len(said)}")


@pytest.fixture(scope="module")
def reader(shipped: Knowledge) -> Reader:
    lexicon = shipped.lexicon
    return Reader(lexicon.abbreviations, lexicon.synonyms, lexicon.padding, lexicon.facets, lexicon.names)


def test_no_shipped_cue_asks_for_two_things(shipped: Knowledge) -> None:
    facets: dict[str, set[Facet]] = {}
    for words, one in spelled(Cues(shipped.lexicon.facets).root):
        facets.setdefault(words, set()).add(one.facet)
    assert {words: found for words, found in facets.items() if len(found) > 1} == {}


QUESTIONS = """
documents | làm thẻ căn cước cho bé 6 tuổi phải đem giấy gì
documents | đổi hộ chiếu sắp hết hạn có cần mang căn cước theo không
documents | làm bhyt cho người già thì giấy tờ ra sao
documents | con nhà em chuyển từ trường tư sang trường công cần nộp hồ sơ gì
documents | muốn xin trợ cấp nuôi con một mình thì cần chứng minh bằng giấy tờ gì
documents | xin nhap quoc tich cho con can nhung giay to nao a
fee | đăng ký kết hôn mất bao nhiêu tiền
fee | xin bản sao trích lục khai sinh bao nhiêu một bản
fee | đăng ký thường trú có phải đóng tiền không
fee | xin giấy xác nhận cư trú có mất đồng nào không
fee | công chứng hợp đồng thuê nhà mất phí thế nào
fee | nộp phạt xong lấy lại bằng có phải đóng thêm tiền không
time | dang ky khai tu xong trong ngay luon khong
time | cấp phiếu lý lịch tư pháp có nhanh không
time | doi gplx xong khi nao nhan duoc bang
time | nhập khẩu cho con mới sinh mấy hôm thì xong
time | gửi đơn tố cáo rồi khi nào thì được trả lời
time | rút bảo hiểm một lần phải đợi mấy tháng
place | xin giấy phép xây nhà nộp ở phường hay lên thành phố
place | đổi thẻ bhyt thì đến cơ quan nào
place | xin cấp biển số xe máy bây giờ công an xã hay công an tỉnh làm
place | lấy hồ sơ mai táng phí gặp ai ở phường
place | gặp ai để hỏi về đất quy hoạch
place | người khuyết tật muốn xin xe lăn thì liên hệ đâu
online | đăng ký tạm vắng qua mạng được không ạ
online | có thể làm hộ chiếu online tại nhà không
online | khai thuế môn bài trên app được chứ
online | gia hạn tạm trú trên vneid được không
online | xin lý lịch tư pháp qua vneid dc hok
online | báo mất căn cước qua vneid được không ạ
steps | các bước xin cấp giấy phép xây dựng nhà ở
steps | chỉ em cách khai báo tạm trú cho khách
steps | đăng ký bảo hộ nhãn hiệu gồm những bước nào
steps | ba mẹ ly hôn giờ đổi họ cho con thì sao, làm như thế nào
steps | xin cấp số nhà phải làm sao ạ
steps | quy trình khiếu nại gồm mấy bước
form | cho em xin mẫu đơn xin trợ cấp thất nghiệp
form | ct01 điền thế nào ạ
form | hợp đồng cho thuê nhà theo mẫu nào
form | giấy ủy quyền viết sao cho đúng
form | đơn đề nghị hỗ trợ tiền điện ghi thế nào
form | ad cho em xin tờ khai đăng ký tạm trú
who | bao nhiêu tuổi thì được làm căn cước
who | 17 tuoi ruoi dk ket hon dc ko
who | ông bà có đăng ký khai sinh cho cháu được không
who | thu nhập bao nhiêu thì được mua nhà ở xã hội
who | muốn làm giám hộ cần điều kiện như thế nào
who | đối tượng được miễn học phí là những ai
proxy | con cái đi nhận lương hưu thay bố mẹ có được không
proxy | con đi làm thẻ bảo hiểm y tế hộ bố mẹ được không
proxy | uy quyen cho vo di lam ho ly lich tu phap duoc ko
proxy | chồng đi vắng, vợ ký thay được không
proxy | làm hộ chiếu nhờ dịch vụ nộp hộ được không
proxy | có ủy quyền cho em gái bán xe được không
deadline | đăng ký dự tuyển lớp 6 đến ngày nào hết hạn
deadline | người thân mất thì trong vòng bao nhiêu ngày phải khai tử
deadline | xe hết hạn đăng kiểm phạt sao
deadline | hạn đổi bằng lái cũ sang bằng mới là khi nào
deadline | khai sinh cho con trễ 6 tháng có sao không
deadline | thuế môn bài nộp trước ngày bao nhiêu
result | mất việc thì mỗi tháng được lãnh bao nhiêu
result | tham gia dân quân được trợ cấp bao nhiêu tiền
result | trích lục cấp bản điện tử hay bản giấy
result | nop xong thi ho tra cho minh giay gi
result | nhận nuôi trẻ mồ côi mỗi tháng được nhà nước cho bao nhiêu tiền
result | làm xong trả thẻ nhựa hay bản điện tử
validity | giấy khám sức khỏe lái xe để được bao lâu
validity | căn cước làm năm 25 tuổi thì dùng tới khi nào
validity | sổ hộ nghèo có giá trị trong bao lâu
validity | giay phep xay dung co hieu luc may thang
validity | giấy khám sức khỏe có giá trị bao nhiêu tháng
validity | phiếu lý lịch tư pháp quá 6 tháng còn giá trị không
legal_basis | căn cứ pháp lý của việc thu lệ phí hộ tịch
legal_basis | xử phạt chậm đăng ký tạm trú theo nghị định bao nhiêu
legal_basis | cái này quy định ở đâu vậy
legal_basis | mức phạt không đăng ký tạm trú nằm ở nghị định nào
legal_basis | Lệ phí trước bạ xe máy quy định tại thông tư nào?
legal_basis | quy định về mức trợ cấp này ở nghị định số mấy
fee time | đăng ký xe máy hết bao nhiêu, mấy hôm có biển
documents place fee | xin giấy phép kinh doanh karaoke cần giấy tờ gì, nộp ở đâu, lệ phí bao nhiêu
who documents | con 15 tuổi có làm hộ chiếu được không, cần giấy tờ gì
proxy documents | nhờ anh trai đi nộp hồ sơ thay được không và cần giấy tờ gì
deadline fee | khai sinh trễ có bị phạt không, lệ phí bao nhiêu
steps documents | Muốn thành lập hợp tác xã thì làm thế nào, cần những gì?
form place | đơn xin chuyển trường theo mẫu nào, nộp cho ai
result time | trợ cấp tuất một lần được bao nhiêu, bao lâu nhận được tiền
documents deadline | khai thuế cho thuê nhà cần giấy tờ gì, hạn nộp ngày nào
place documents | đăng ký giám hộ ở đâu và cần giấy tờ gì
proxy fee | nhờ người khác lấy lý lịch tư pháp hộ được không, có mất thêm phí không
result documents | ông tôi mất, tiền tuất được bao nhiêu, cần giấy tờ gì
place time | lam cccd o dau, bao lau lay duoc the
who | muốn nhận nuôi trẻ thì điều kiện là gì
place | xin bản sao khai sinh ở Hà Nội được không
place | sổ tử tuất nộp ở đâu vậy bn
form | đơn xin tách hộ là tờ nào
form | tờ khai khai tử mẫu số mấy, lấy ở đâu
form fee | tờ khai mẫu nào, lấy ở đâu, hết bao nhiêu tiền
form place | tờ khai mẫu nào, nộp ở đâu
online | gia hạn tạm trú trên vneid được chứ
documents | cho thuê nhà thì chủ trọ phải ký cái gì
fee | chuyển đất vườn phải đóng những khoản nào
validity | giấy xác nhận cư trú có giá trị trong bao nhiêu ngày
deadline | ký giấy từ chối di sản có bị quá hạn không
result | nuôi cá lồng xong nhận cái gì
proxy | hai vợ chồng cùng ra hay ủy quyền được
who | đất không có giấy tờ gì có được cấp sổ đỏ không
who online | con 10 tuổi có được cấp vneid không, làm qua mạng được không
documents | xin giấy phép karaoke còn thiếu cái gì nữa
documents | hồ sơ xin thôi quốc tịch gồm những mục nào
documents | mất giấy chứng sinh thì thay bằng giấy gì
fee | làm lại biển số hết mấy lít
fee | đổi bằng lái có tốn kém gì không
fee | cho em xin bảng giá sao y
fee | làm hộ chiếu gấp xót ví không
time | làm lý lịch tư pháp nhanh hay chậm
time | lấy thẻ luôn hay hẹn hôm khác quay lại
time | đổi biển số hẹn hôm nào
place | tiền tử tuất nộp cho công ty hay ra bảo hiểm
online | khai tạm trú từ xa được không
online | scan giấy tờ gửi lên dịch vụ công được không
steps | xin giấy phép xây dựng phải qua những khâu nào
steps | bước tiếp theo là gì
form | xin file word đơn ly khai
form | đơn xin trợ cấp tự viết hay có mẫu in sẵn
form | ct01 có tờ nào để điền
proxy | để bà ngoại đi nộp khai sinh có ổn không
proxy | tách hộ chủ hộ có cần đi cùng không
proxy | mẹ em nộp hồ sơ thay có hợp lệ không
deadline | quên khai báo lưu trú có bị xử lý không
deadline | trường chốt sổ hôm nào
deadline | nghỉ việc bốn tháng giờ nộp kịp không
result | khai tử xong thì cầm về cái gì
result | trả về là giấy hay file pdf
validity | hộ chiếu xài được 5 năm hay 10 năm
validity | sổ hộ nghèo hết tác dụng chưa
validity | chứng chỉ đó dùng trọn đời hay phải xin lại
legal_basis | mở quán theo nghị định 168 hay nghị định khác
legal_basis | lấy tiền này thì văn bản nào ghi
| từng bước chân tôi đo ngoài vườn rõ 500 mét
| mẹ em bị liệt không đi lại được nên em muốn xin làm căn cước tại nhà
| mấy hôm nay mạng lỗi không vào được, em muốn cấp lại mật khẩu dịch vụ công
| cháu tôi bị bỏ rơi từ bé, tôi muốn nhận cháu làm con nuôi
| ba em đang hưởng lương hưu, muốn chuyển nơi nhận tiền
| toi co xe cu khong di nua muon nop lai bien so
| em đang học năm cuối, cần xác nhận hộ nghèo để xin miễn học phí
"""


@pytest.mark.parametrize("line", QUESTIONS.strip().splitlines())
def test_shipped_questions(reader: Reader, line: str) -> None:
    facets, question = line.split("| ")
    assert " ".join(reader.read(question).facets) == facets.strip()
    assert " ".join(reader.read(fold(question)).facets) == facets.strip()
