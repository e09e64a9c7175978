"""The answer on a decision with its number: the mark may have been made up with the text, the register was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qtnb import __version__
from qtnb.doi_chieu.altered import altered, unread
from qtnb.doi_chieu.answer import Answer, TinhTrang, Verdict
from qtnb.doi_chieu.asked import Asked
from qtnb.doi_chieu.registers import Entered, Known, known_of
from qtnb.doi_chieu.sentences import abolished, contradiction, introduced, standing
from qtnb.errors import QtnbError
from qtnb.render.alterations import alterations
from qtnb.render.mark import DauQuyTrinh, DauVanBan
from qtnb.render.reading import Reading
from qtnb.so_dang_ky.model import SoDangKy


def judged_signed(mark: DauVanBan, asked: Asked) -> Answer:
    """The answer: against every register that has the decision, and the first that bears the document out."""
    known = known_of(mark, asked.kho, asked.seen.reading.texts)
    troubles = [*asked.troubles, *known.troubles]
    answers = []
    for item in known.fitting:
        try:
            answers.append(_against(mark, asked, item, item.kho.reading(mark.quyet_dinh)))
        except QtnbError as error:
            troubles.append(error.message)
    if not answers:
        return _uncompared(mark, asked, known, troubles)
    return next((answer for answer in answers if answer.verdict is Verdict.NGUYEN_VEN), answers[0])


def _against(mark: DauVanBan, asked: Asked, item: Entered, approved: Reading) -> Answer:
    answer = _judged(mark, asked, item.kho.register, approved)
    told = f"Đã đối chiếu với sổ đăng ký {item.kho.so}."
    as_approved = answer.verdict is Verdict.NGUYEN_VEN
    procedures = (
        tuple(_standing(it, mark.quyet_dinh, item.kho.register) for it in mark.quy_trinh) if as_approved else ()
    )
    return replace(
        answer,
        cau=(*answer.cau, told, *abolished(item), *map(standing, procedures)),
        kho=item.kho.so,
        doi_chieu=True,
        quyet_dinh=item.signed,
        quy_trinh=procedures,
    )


def _judged(mark: DauVanBan, asked: Asked, register: SoDangKy, approved: Reading) -> Answer:
    as_marked, head = asked.is_as_marked(mark), introduced(mark)
    true_seals = all(_seals_agree(item, mark.quyet_dinh, register) for item in mark.quy_trinh)
    if asked.seen.reading == approved:
        if as_marked and true_seals:
            return Answer(Verdict.NGUYEN_VEN, ("Đúng bản đã phê duyệt, chưa bị sửa.", head), dau=mark)
        return Answer(Verdict.BI_SUA, ("Chữ đúng bản đã phê duyệt, nhưng dấu trong tệp đã bị sửa.", head), dau=mark)
    if not as_marked:
        return altered(mark, asked, approved)
    changes = tuple(alterations(approved, asked.seen))
    said = f"Không đúng bản đã phê duyệt: {len(changes)} chỗ."
    doubt = ""
    if true_seals and mark.qtnb != __version__:  # which may have said the same in other words
        said = "Chưa kết luận được là đúng bản đã phê duyệt."
        doubt = f"Chữ khác với bản in lại bằng qtnb {__version__}; văn bản in bằng bản qtnb khác."
    return Answer(Verdict.BI_SUA, (said, head, *filter(None, [doubt]), *unread(approved, asked.seen)), changes, mark)


def _uncompared(mark: DauVanBan, asked: Asked, known: Known, troubles: Sequence[str]) -> Answer:
    """The answer when no register tells what the decision approved."""
    why = dict.fromkeys(troubles)
    if not asked.is_as_marked(mark):
        answer = altered(mark, asked)
        return replace(answer, cau=(*answer.cau, *why))
    head = introduced(mark)
    if known.others:
        otherwise = (contradiction(item, mark) for item in known.others)
        return Answer(Verdict.TRAI_SO, ("Trái với sổ đăng ký.", head, *otherwise), dau=mark, kho=known.others[0].kho.so)
    if why:
        said = "Chưa bị sửa từ khi in, nhưng KHÔNG ĐỐI CHIẾU ĐƯỢC với bản đã phê duyệt."
        return Answer(Verdict.KHONG_DOI_CHIEU_DUOC, (said, head, *why, "Xem lỗi bằng lệnh: qtnb validate"), dau=mark)
    if asked.required:
        places = ", ".join(kho.so for kho in asked.kho)
        told = f"Quyết định này không có trong {places}." if places else "Kho đã chỉ ra không có sổ đăng ký."
        return Answer(Verdict.TRAI_SO, ("Không có trong sổ đăng ký.", head, told), dau=mark)
    said = "Chưa bị sửa từ khi in, nhưng CHƯA ĐỐI CHIẾU với bản đã phê duyệt."
    hint = "Không có sổ đăng ký nào ở đây ghi quyết định này; chỉ ra kho của cơ quan ban hành bằng --kho."
    return Answer(Verdict.NGUYEN_VEN, (said, head, hint), dau=mark)


def _seals_agree(item: DauQuyTrinh, decision: str, register: SoDangKy) -> bool:
    block = register.quy_trinh.get(item.khoa)
    entry = next((lan for lan in block.lich_su if lan.quyet_dinh == decision), None) if block else None
    if entry is None:
        return False
    known = {phan.value: seal for phan, seal in entry.dau.items()}
    return not item.dau or not known or dict(item.dau) == known


def _standing(item: DauQuyTrinh, decision: str, register: SoDangKy) -> TinhTrang:
    block = register.quy_trinh[item.khoa]
    place = [lan.quyet_dinh for lan in block.lich_su].index(decision)
    own = block.lich_su[place].dau.keys()
    # A decision on the content leaves the line in the danh mục as it was; one without seals ended the procedure.
    later = tuple(lan for lan in block.lich_su[place + 1 :] if not lan.dau or own & lan.dau.keys())
    return TinhTrang(
        block.khoa,
        block.ky_hieu,
        block.trang_thai,
        block.hieu_luc if later else register.quyet_dinh[decision].hieu_luc,
        block.het_hieu_luc,
        block.thay_the_boi,
        later,
        block.lich_su[place].bai_bo,
    )
