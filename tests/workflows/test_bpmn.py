"""The drawing and the BPMN of each flow: well-formed, every reference resolves, outcomes are conditions."""

from collections import Counter
from io import StringIO
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from workflows.history.chart import bpmn, svg
from workflows.history.layout import Page
from workflows.registry import FLOWS

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=sorted(FLOWS))
def flow(request):
    return FLOWS[request.param]


@pytest.fixture
def process(flow):
    return ElementTree.fromstring(bpmn(flow)).find(f"{BPMN}process")


def test_ids_are_unique_and_references_resolve(flow, process):
    whole = ElementTree.fromstring(bpmn(flow))
    ids = [element.get("id") for element in whole.iter() if element.get("id")]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    named = [
        element.get(key)
        for element in whole.iter()
        for key in ("sourceRef", "targetRef", "bpmnElement", "default", "sourceElement", "targetElement")
    ]
    named += [element.text for kind in ("incoming", "outgoing") for element in whole.iter(f"{BPMN}{kind}")]
    assert [name for name in named if name and name not in ids] == []


def test_several_arrows_out_of_a_task_are_conditions_and_one_default(process):
    out = {}
    for arrow in process.iter(f"{BPMN}sequenceFlow"):
        out.setdefault(arrow.get("sourceRef"), []).append(arrow)
    several = {source: arrows for source, arrows in out.items() if len(arrows) > 1}
    assert several
    for source, arrows in several.items():
        default = next(element.get("default") for element in process if element.get("id") == source)
        without = [arrow.get("id") for arrow in arrows if arrow.find(f"{BPMN}conditionExpression") is None]
        assert without == [default]


def test_the_refusal_of_the_eligibility_check_says_when_it_is_taken():
    process = ElementTree.fromstring(bpmn(FLOWS["appointment_review"])).find(f"{BPMN}process")
    arrows = {arrow.get("id"): arrow for arrow in process.iter(f"{BPMN}sequenceFlow")}
    refused = arrows["id_edge_eligibility__reply"].find(f"{BPMN}conditionExpression")
    assert refused.text == 'outcome in ["refused", ]'
    levels = next(element for element in process if element.get("id") == "id_node_party_levels")
    assert levels.find(f"{BPMN}standardLoopCharacteristics") is not None


def test_the_command_writes_the_file_and_says_so(tmp_path):
    told = StringIO()
    call_command("export_bpmn", "appointment_review", output=tmp_path / "flow.bpmn", stdout=told)
    assert ElementTree.parse(tmp_path / "flow.bpmn").getroot().tag == f"{BPMN}definitions"
    assert "flow.bpmn" in told.getvalue()


def test_the_command_refuses_what_it_cannot_do(tmp_path):
    with pytest.raises(CommandError):
        call_command("export_bpmn", "no_such_flow", "--output", str(tmp_path / "x"))
    with pytest.raises(CommandError):
        call_command("export_bpmn", "appointment_review", "--output", str(tmp_path / "none" / "x"))


def test_the_drawing_names_every_step_and_carries_no_style(flow):
    drawn = ElementTree.fromstring(svg(flow))
    titles = [group.find(f"{SVG}title").text for group in drawn.iter(f"{SVG}g") if group.get("id")]
    assert sorted(titles) == sorted(str(node.task_title) for node in flow.instance.nodes())
    assert [element for element in drawn.iter() if element.get("style")] == []
    assert list(drawn.iter(f"{SVG}style")) == []


def test_the_drawing_fits_a_large_page(flow):
    _, _, width, height = map(float, ElementTree.fromstring(svg(flow)).get("viewBox").split())
    # On A3 laid across, 400 by 277 mm are left for the drawing: its smallest letters, of 16 units, stay above 3 mm.
    scale = min(400 / width, 277 / height)
    assert scale * 16 > 3


def test_no_two_shapes_overlap_and_no_arrow_runs_through_one(flow):
    page = Page(flow)
    boxes = list(page.boxes.values())
    assert {node for node in page.boxes} == set(flow.instance.nodes())
    assert [(a.node.name, b.node.name) for a, b in combinations(boxes, 2) if overlap(frame(a), frame(b))] == []
    for box in boxes:
        assert overlap(frame(box), (0, 0, page.width, page.height))
    through = [
        (arrow.src.name, arrow.dst.name, box.node.name)
        for arrow in page.arrows
        for (x1, y1), (x2, y2) in pairwise(arrow.points)
        for box in boxes
        if overlap((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), frame(box))
    ]
    assert through == []


def test_arrows_begin_and_end_at_their_shapes_and_turn_at_right_angles(flow):
    page = Page(flow)
    for arrow in page.arrows:
        for node, (x, y) in ((arrow.src, arrow.points[0]), (arrow.dst, arrow.points[-1])):
            left, top, right, foot = frame(page.boxes[node])
            assert (left <= x <= right, top <= y <= foot) == (True, True)
        assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(arrow.points))


def test_the_bpmn_file_holds_the_same_places(flow):
    whole = ElementTree.fromstring(bpmn(flow))
    bounds = {
        shape.get("bpmnElement"): tuple(int(shape[0].get(key)) for key in ("x", "y", "width", "height"))
        for shape in whole.iter(f"{DI}BPMNShape")
    }
    page = Page(flow)
    assert bounds == {f"id_node_{n.name}": (b.x, b.y, b.width, b.height) for n, b in page.boxes.items()}
    assert all(len(list(edge)) >= 2 for edge in whole.iter(f"{DI}BPMNEdge"))


def test_loops_are_marked_and_no_arrow(flow):
    drawn = ElementTree.fromstring(svg(flow))
    groups = {group.get("id"): group for group in drawn.iter(f"{SVG}g")}
    for node in flow.instance.nodes():
        marked = groups[f"node_{node.name}"].find(f"{SVG}path") is not None
        assert marked == bool(getattr(node, "loops", False))
    assert [arrow for arrow in Page(flow).arrows if arrow.src is arrow.dst] == []


def frame(box):
    return box.x, box.y, box.right, box.foot


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize(
    ("who", "answer"), [("jian", 200), ("an", 200), ("xu", 200), ("lin", 403), ("shen", 403), ("he", 403)]
)
def test_flows_are_for_administrators(cast, policy, client, who, answer):
    client.force_login(getattr(cast, who))
    pages = [
        reverse("workflows:flows"),
        *(reverse(f"workflows:{name}", args=["appointment_review"]) for name in ("flow", "flow_bpmn")),
    ]
    assert [client.get(page).status_code for page in pages] == [answer] * 3
    if answer == 200:
        assert client.get(reverse("workflows:flow", args=["none"])).status_code == 404
