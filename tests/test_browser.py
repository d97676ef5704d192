"""The page side by side in a real browser: copying, cards by pointer, tap and key, headings, phone, dark, print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_parallel import sample

from translate.article import Block, BlockKind
from translate.parallel import render
from translate.pinning import Pin
from translate.spans import Span

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: uv sync --group browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page of many sentences with two terms each."""
    text = sample()
    (first, second) = (row for row in text.rows if row.block == "b1")
    pins = second.pins
    more = replace(pins[0], target=Span(7, 11), lemma="уйти", form="ушла")
    rows = [replace(row, pins=(*pins, more)) if row is second else row for row in text.rows]
    heading = Block("b9", BlockKind.HEADING, "Next", level=2)
    blocks = [heading, *text.article.blocks, *(replace(text.article.blocks[0], id=f"x{n}") for n in range(40))]
    rows += [replace(rows[0], id="b9.1", block="b9", span=Span(0, 4), source="Next", target="Дальше")]
    rows += [replace(second, id=f"x{n}.2", block=f"x{n}") for n in range(40)]
    article = replace(text.article, blocks=tuple(blocks), date="2024-03-05")
    path = tmp_path_factory.mktemp("page") / "talks.html"
    path.write_text(render(replace(text, article=article, rows=tuple(rows)), "page"), encoding="utf-8")
    assert isinstance(pins[0], Pin)
    assert first.problems
    return path


def opened(browser: Any, file: Path, **options: Any) -> Any:
    context = browser.new_context(**options)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script: {error}"))
    page.goto(file.as_uri())
    return page


def cards(page: Any) -> list[str]:
    shown: list[str] = page.eval_on_selector_all(
        ".tgt .card", "all => all.filter(c => getComputedStyle(c).display !== 'none').map(c => c.innerText)"
    )
    return shown


def test_the_button_copies_the_russian(browser: Any, file: Path) -> None:
    page = opened(browser, file, permissions=["clipboard-read", "clipboard-write"])
    page.click("#copy")
    assert "сорвались. Энн Ли ушла." in page.evaluate("navigator.clipboard.readText()")
    assert page.inner_text("#copy") != ""


def test_a_card_opens_under_the_pointer_and_stays_in_the_window(browser: Any, file: Path) -> None:
    page = opened(browser, file, viewport={"width": 900, "height": 700})
    page.hover(".tgt .pin >> nth=0")
    assert len(cards(page)) == 1
    box = page.locator(".tgt .card:visible").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 900


def test_a_tap_opens_a_card_on_a_phone(browser: Any, file: Path) -> None:
    page = opened(browser, file, viewport=PHONE, has_touch=True, is_mobile=True)
    page.tap(".tgt .pin >> nth=0")
    assert len(cards(page)) == 1


def test_a_card_on_a_phone_stays_in_the_window_and_a_tap_elsewhere_closes_it(browser: Any, file: Path) -> None:
    page = opened(browser, file, viewport=PHONE, has_touch=True, is_mobile=True)
    for n in range(3):
        page.tap(f".tgt .pin >> nth={n}")
        (card,) = page.locator(".tgt .card:visible").all()
        box = card.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    page.touchscreen.tap(5, PHONE["height"] - 5)
    assert cards(page) == []


def test_a_card_says_its_words_to_a_screen_reader(browser: Any, file: Path) -> None:
    page = opened(browser, file)
    page.focus(".pin[tabindex='0']")
    told = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby'))?.innerText ?? ''"
    )
    assert told.strip()
    names = page.eval_on_selector_all("button", "all => all.map(b => (b.ariaLabel || b.innerText).trim())")
    assert all(names)


def test_a_narrow_window_scrolls_only_down(browser: Any, file: Path) -> None:
    page = opened(browser, file, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    bar = page.locator(".bar").bounding_box()
    assert bar["height"] < 640 / 8


def test_the_keyboard_reaches_all_terms_by_one_tab_stop(browser: Any, file: Path) -> None:
    page = opened(browser, file)
    assert page.locator(".pin[tabindex='0']").count() == 1
    page.focus(".pin[tabindex='0']")
    (first,) = cards(page)
    page.keyboard.press("ArrowRight")
    (second,) = cards(page)
    assert first != second
    page.keyboard.press("Escape")
    assert cards(page) == []
    assert page.locator(".pin[tabindex='0']").count() == 1


def test_a_screen_reader_finds_headings(browser: Any, file: Path) -> None:
    page = opened(browser, file)
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Переговоры"]
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Дальше"]


def test_on_a_phone_the_bar_leaves_nine_tenths_and_nothing_scrolls_sideways(browser: Any, file: Path) -> None:
    page = opened(browser, file, viewport=PHONE, has_touch=True, is_mobile=True)
    bar = page.locator(".bar").bounding_box()
    assert bar["height"] < PHONE["height"] / 10
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.is_visible("#copy")
    assert page.is_visible(".bar .draft")


def test_dark_is_dark_and_print_has_no_buttons(browser: Any, file: Path) -> None:
    light, dark = (opened(browser, file, color_scheme=scheme) for scheme in ("light", "dark"))
    paper = "getComputedStyle(document.body).backgroundColor"
    assert sum(map(int, _numbers(light.evaluate(paper)))) > 600
    assert sum(map(int, _numbers(dark.evaluate(paper)))) < 150
    light.emulate_media(media="print")
    assert not light.is_visible("#copy")
    assert light.pdf().startswith(b"%PDF")


def _numbers(color: str) -> list[str]:
    return color[color.index("(") + 1 : -1].split(",")[:3]
