import re
from dataclasses import replace

from hypothesis import given

from studio.model.case import Case, MirrorAxis, Placement
from studio.planning.code import design_code
from tests.unit.planning.designs import case_of, front, line, square, zone
from tests.unit.storage.cases import cases


def test_what_changes_the_design_changes_the_code() -> None:
    case, variant = case_of(zone("A", square(20.0)), curves=(line([(0, 0), (30, 40)]),))
    code = design_code(case)
    assert re.fullmatch(r"[0-9A-F]{4} [0-9A-F]{4}", code)
    a, curve = variant.zones[0], variant.curves[0]
    changed = [
        replace(variant, zones=(replace(a, density=111.0),)),
        replace(variant, zones=(replace(a, outline=square(20.001)),)),
        replace(variant, zones=(replace(a, hidden=True),)),
        replace(variant, zones=(a, zone("B", square(5.0)))),
        replace(variant, curves=(replace(curve, name="Mine"),)),
        replace(variant, curves=()),
    ]
    codes = [design_code(case, other) for other in changed]
    photo = replace(front(), plane=replace(front().plane, sigma=0.02))
    moved = MirrorAxis(chart="front", at=(1.0, 0.0))
    codes += [
        design_code(replace(case, placement=Placement(offset=(1.0, 0.0)))),
        design_code(replace(case, shares=(0.5, 1.0))),
        design_code(replace(case, photos=(photo,))),
        design_code(replace(case, axes=(moved,))),
    ]
    assert len({code, *codes}) == len(codes) + 1


def test_what_is_not_the_design_leaves_the_code() -> None:
    case, variant = case_of(zone("A", square(20.0)))
    code = design_code(case)
    a = variant.zones[0]
    same = [
        replace(variant, id="other", letter="B", name="Copy"),
        replace(variant, zones=(replace(a, id="new", locked=True),)),
        replace(variant, zones=(a, zone("B", square(5.0), hidden=True))),
    ]
    assert {design_code(case, other) for other in same} == {code}
    extra = replace(front(), id="another")
    assert design_code(replace(case, photos=(*case.photos, extra), notes="x")) == code


@given(cases())
def test_every_case_has_a_code(case: Case) -> None:
    assert design_code(case) == design_code(replace(case))
