"""Doubts about a glossary: each check with the lines it speaks of, and cousins that it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.glossary.linting import lint
from translate.glossary.table import COLUMNS

HEADER = "\t".join(COLUMNS)


def line(**cells: str) -> str:
    return "\t".join(cells.get(name, "") for name in COLUMNS)


# The lines of a glossary → what is said of them.
DOUBTS: dict[str, tuple[list[str], list[str]]] = {
    "order": (
        [line(source="Osh", target="Ош", kind="place"), line(source="Naryn", target="Нарын", kind="place")],
        ["3: 'Naryn' stands after 'Osh'; sort the file [order]"],
    ),
    "quoted": (
        [line(source='"Osh"', target="Ош", kind="place")],
        ['2: source stands in quotation marks, as a spreadsheet leaves them: "Osh" [quoted]'],
    ),
    "a person without a kind": (
        [line(source="akim", target="аким"), line(source="Dinara Asanova", target="Динара Асанова")],
        ["3: 'Dinara Asanova' is taken for a person, femn; write kind and gender into the line if it is so [guessed]"],
    ),
    "names without a kind": (
        [line(source="Issyk-Kul region", target="Иссык-Кульская область"), line(source="Osh", target="Ош")],
        [" lines that name no kind are taken by their looks: 2 place [guessed]"],
    ),
    "a family has no gender": ([line(source="Asanovs", target="Асановы", kind="person", number="plur")], []),
    "Latin target": (
        [line(source="Reuters", target="Reuters", kind="organisation")],
        ["2: target 'Reuters' has no Cyrillic letter; use policy keep [alphabet]"],
    ),
    "Latin target kept": ([line(source="Reuters", target="Reuters", kind="organisation", policy="keep")], []),
    "Kazakh in Latin": (
        [line(source="Almaty", target="Алматы", kind="place", kk="Almaty")],
        ["2: kk 'Almaty' is not in Cyrillic [alphabet]"],
    ),
    "Kazakh letters in Russian": (
        [line(source="Nursultan", target="Нұрсұлтан", kind="place", kk="Нұрсұлтан")],
        ["2: target 'Нұрсұлтан' has ұ, no letter of the language [alphabet]"],
    ),
    "unused aliases": (
        [line(source="Issyk-Kul", target="Иссык-Куль", kind="place", aliases="Issyk Kul|Isyk-Kul|Issyk–Kul|ISSYK-KUL")],
        [
            "2: alias 'Issyk Kul' is unused: 'Issyk-Kul' is found in this spelling too [alias]",
            "2: alias 'Issyk–Kul' is unused: 'Issyk-Kul' is found in this spelling too [alias]",
            "2: alias 'ISSYK-KUL' is unused: 'Issyk-Kul' is found in this spelling too [alias]",
        ],
    ),
    "used aliases": (
        [line(source="Osh Region", target="Ошская область", kind="place", aliases="Osh region|Osh, Region|OSH-7")],
        [],
    ),
    "one alias of two terms": (
        [
            line(source="Osh City", target="Ош", kind="place", aliases="Osh"),
            line(source="Osh Region", target="Ошская область", kind="place", aliases="Osh"),
        ],
        ["3: 'Osh' means 'Ошская область' here and 'Ош' at g.tsv:2 [two-terms]"],
    ),
    "alias taken by a source": (
        [
            line(source="Osh", target="Ош", kind="place"),
            line(source="Osh Region", target="Ошская область", kind="place", aliases="Osh"),
        ],
        ["3: 'Osh' is taken by 'Osh' → 'Ош' at g.tsv:2 [two-terms]"],
    ),
    "dates keep two terms apart": (
        [
            line(source="Astana", target="Акмола", kind="place", until="1998-05-05"),
            line(source="Astana", target="Астана", kind="place", since="1998-05-06"),
        ],
        [],
    ),
    "two spellings": (
        [
            line(source="Jeenbekov", target="Жээнбеков", kind="person", gender="masc"),
            line(source="Zheenbekov", target="Жеенбеков", kind="person", gender="masc"),
        ],
        ["3: 'Жеенбеков' here and 'Жээнбеков' at g.tsv:2 look like one name [two-spellings]"],
    ),
    "two spellings of one Kyrgyz name": (
        [
            line(source="Sadyr Japarov", target="Садыр Жапаров", kind="person", gender="masc", ky="Садыр Жапаров"),
            line(source="Sadyr Zhaparov", target="Садыр Джапаров", kind="person", gender="masc", ky="Садыр Жапаров"),
        ],
        ["3: 'Садыр Джапаров' here and 'Садыр Жапаров' at g.tsv:2 look like one name [two-spellings]"],
    ),
    "two towns": (
        [line(source="Ak-Suu", target="Ак-Суу", kind="place"), line(source="Aksu", target="Аксу", kind="place")],
        [],
    ),
    "a barred spelling": (
        [
            line(target="Киргизия", kind="place", policy="forbid", note="Кыргызстан"),
            line(source="Bank of Kyrgyzstan", target="Банк Киргизии", kind="organisation"),
            line(source="North of Kyrgyzstan", target="север Киргизии", kind="place"),
        ],
        ["4: 'север Киргизии' holds 'Киргизия', which g.tsv:2 bars [forbidden]"],
    ),
    "a ban without advice": (
        [line(target="Киргизия", kind="place", policy="forbid")],
        ["2: the note of 'Киргизия' does not say what to write instead [forbid]"],
    ),
    "gender against the surname": (
        [
            line(source="Ann", target="Анна Жолдошев", kind="person", gender="femn"),
            line(source="Bob", target="Алмаз Жолдошева", kind="person", gender="masc"),
            line(source="Cy", target="Гульрухсор Сангин", kind="person", gender="femn"),
            line(source="Dee", target="Дина Ли", kind="person"),
        ],
        [
            "2: 'Жолдошев' is masc, the line says femn [gender]",
            "3: 'Жолдошева' is femn, the line says masc [gender]",
            "5: 'Дина Ли' has no gender, and the declension of a name asks for it [gender]",
        ],
    ),
    "gender against the noun": (
        [line(source="oblast", target="область", gender="masc")],
        ["2: 'область' is femn, the line says masc [gender]"],
    ),
    "number against the noun": (
        [line(source="elections", target="депутаты", number="sing")],
        ["2: 'депутаты' is plur, the line says sing [number]"],
    ),
    "forms": (
        [
            line(source="a", target="область", forms="gent=области"),
            line(source="b", target="депутат", forms="gent=депутату"),
            line(source="c", target="Ош", kind="place", forms="gent=города"),
            line(source="d", target="Алматы", kind="place", policy="fixed", forms="gent=Алмат"),
            line(source="e", target="лёд", forms="gent=льду"),
        ],
        [
            "2: gent of 'область' are what the rules make anyway [forms]",
            "3: gent=депутату is the datv of 'депутат' by the rules [forms]",
            "4: gent=города is no form of 'Ош' [forms]",
            "5: policy fixed has no forms [forms]",
            "6: gent=льду is the datv or loct of 'лёд' by the rules [forms]",
        ],
    ),
    "no nominative": (
        [
            line(source="a", target="Министерством финансов", kind="organisation"),
            line(source="b", target="Бишкеке", kind="place"),
            line(source="c", target="Омурбеком Бабановым", kind="person", gender="masc"),
            line(source="d", target="Семей", kind="place"),
            line(source="e", target="Жогорку Кенеш", kind="organisation"),
        ],
        [
            "2: 'Министерством' in 'Министерством финансов' is not a nominative (ablt) [lemma]",
            "3: 'Бишкеке' in 'Бишкеке' is not a nominative (loct) [lemma]",
            "4: 'Бабановым' in 'Омурбеком Бабановым' is not a nominative [lemma]",
        ],
    ),
    "a fault and a doubt": (
        [line(source="b", target="бета"), line(source="a")],
        ["3: target is empty; only policy keep may leave it so [empty]"],
    ),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_doubts(name: str, tmp_path: Path) -> None:
    lines, expected = DOUBTS[name]
    path = tmp_path / "g.tsv"
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    found = [f"{fault} [{fault.kind}]".replace(f"{tmp_path}/", "").removeprefix("g.tsv:") for fault in lint([path])]
    assert found == expected


def test_overrides_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("source\ttarget\tkind\nNaryn\tНарын\tplace\nOsh\tОш\tplace\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text(
        "source\ttarget\tkind\nNaryn\tНарын\tplace\nOsh\tОш-город\tplace\n", encoding="utf-8"
    )
    assert [str(fault).replace(f"{tmp_path}/", "") for fault in lint([tmp_path])] == [
        "a.tsv:2: 'Naryn' → 'Нарын' is repeated at b.tsv:2",
        "a.tsv:3: 'Osh' → 'Ош' is overridden by 'Ош-город' at b.tsv:3",
    ]


def test_a_doubt_looked_at_is_not_told_again(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("source\ttarget\tkind\tx-lint\nDee\tДина Ли\tperson\tgender order\n", encoding="utf-8")
    assert lint([path]) == []
