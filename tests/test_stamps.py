"""Times of a live blog: read, and written as Russian news do."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up_engine import MadeUpEngine

from translate.article import read_article, written_stamp
from translate.article.stamps import is_time
from translate.parallel import render
from translate.pipeline import translate_article


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("10:42 a.m.", "10:42"),
        ("12:05 a.m.", "0:05"),
        ("12:10 p.m. ET", "12:10 по времени восточного побережья США"),
        ("3 p.m.", "15:00"),
        ("Updated 3:15 GMT", "Обновлено в 3:15 по Гринвичу"),
        ("Last updated: 10:42", "Обновлено в 10:42"),
        ("Updated: March 3, 2024, 10:42 GMT", "Обновлено 3\xa0марта 2024\xa0г. в 10:42 по Гринвичу"),
        ("Posted at 14:05 3 Mar", "Опубликовано 3\xa0марта в 14:05"),
        ("Updated Wed, March 6, 10:42 a.m.", "Обновлено в среду, 6\xa0марта, в 10:42"),
        ("Sunday, March 3, 10:42 a.m.", "воскресенье, 3\xa0марта, 10:42"),
        ("14:05 Bishkek time", "14:05 по времени Бишкека"),
        ("14:05 (GMT+6)", "14:05 GMT+6"),
        ("Updated 3 hours ago", "Обновлено 3 часа назад"),
        ("21 days ago", "21 день назад"),
        ("an hour ago", "1 час назад"),
    ],
)
def test_stamps(line: str, written: str) -> None:
    assert written_stamp(line, "ru") == written
    assert written_stamp(line, "kk") == ""


@pytest.mark.parametrize(
    "line",
    [
        "25:10",
        "13:05 a.m.",
        "Updated 31 Feb, 10:00",
        "In 2024",
        "Update",
        "10:42 a.m. — Police close the square",
        "2:1",
    ],
)
def test_no_stamps(line: str) -> None:
    assert written_stamp(line, "ru") == ""
    assert not is_time(line)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_no_engine_is_asked_for_a_time(tmp_path: Path, name: str) -> None:
    prose = "The police closed the square in the middle of the town on Sunday morning, and nobody was let in."
    lines = ["By Ann Lee", "10:42 a.m.", prose, "Updated 3:15 GMT", f"{prose[:-1]} after that."]
    path = tmp_path / name
    if name.endswith("html"):
        path.write_text("<h1>A square is closed</h1>" + "".join(f"<p>{line}</p>" for line in lines))
    else:
        path.write_text("\n\n".join(["# A square is closed" if name == "a.md" else "A square is closed", *lines]))
    text = translate_article(read_article(path), MadeUpEngine())
    by_source = {row.source: row.target for row in text.rows}
    assert by_source["10:42 a.m."] == "10:42"
    assert by_source["Updated 3:15 GMT"] == "Обновлено в 3:15 по Гринвичу"
    made = render(text, "txt" if name == "a.txt" else name[2:])
    assert "10:42" in made
    assert "a.m." not in made
