"""What the program that builds a site reads in its Markdown, and no reader sees: template tags, attributes, containers.

CommonMark takes `[the plan]({{ site.baseurl }}/plan)` for text, since an address may hold no blank. So tags are covered
before the parser sees them, each by as many letters that mean nothing, and every offset stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from translate.spans import Span

# Never in a text, neither letter nor mark nor blank: two of the code points that Unicode keeps for private use.
COVER = "\uf8fe"
_VARIABLE = "\uf8fd"

# Each with the line that forced it. What stands in the text as a word (`name` = word) stays in its sentence.
_RULES = (
    # {% raw %}{{ not.a.tag }}{% endraw %}, {% highlight python %}…{% endhighlight %}, {% comment %}…
    r"\{%-?\s*(?P<region>raw|highlight|comment|verbatim|math|katex|mermaid|code|codeblock)\b(?:(?!%\}|\{%).)*%\}"
    r"(?:(?!\{%-?\s*(?P=region)\b).)*?\{%-?\s*end(?P=region)\b\s*-?%\}",
    # {{< highlight go >}}…{{< /highlight >}}
    r"\{\{(?P<angle>[<%])\s*(?P<short>highlight|mermaid|math|katex|gist|raw|rawhtml)\b(?:(?![>%]\}\}|\{\{).)*[>%]\}\}"
    r"(?:(?!\{\{(?P=angle)\s*(?P=short)\b).)*?\{\{(?P=angle)\s*/\s*(?P=short)\s*[>%]\}\}",
    # {{< figure src="dam.jpg" >}}, {{% callout %}}
    r"\{\{[<%](?:(?![>%]\}\}|\{\{).){0,2000}[>%]\}\}",
    # Read it at {{ site.name }}.
    r"(?P<word>\{\{(?:(?!\}\}|\{\{|\n\n).){0,2000}\}\})",
    # {% include figure.html caption="The dam" %}
    r"\{%(?:(?!%\}|\{%).){0,2000}%\}",
    # {# a note of the author #}, {/* one in MDX */}
    r"\{#(?=\s)(?:(?!#\}|\{#).){0,2000}#\}|\{/\*(?:(?!\*/\}|\{/\*).){0,2000}\*/\}",
    # ## Plans {#plans .wide}, {: .no_toc }, {:toc}
    r"\{:?\s*(?:[#.][\w-][\w:.-]*|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]+)|toc)"
    r"(?:\s+(?:[#.][\w:.-]+|[\w-]+(?:=(?:\"[^\"\n]*\"|'[^'\n]*'|[\w%-]+))?))*\s*\}",
    # import Chart from '../chart.js', export const prerender = true
    r"(?m:^(?:import\b[^\n]*?['\"][^'\"\n]+['\"];?|export\s+(?:const|let|default|function)\b[^\n]*)[ \t]*$)",
    # The ministry said {props.name} so.
    r"(?P<name>\{[A-Za-z_$][\w$]*(?:\.[\w$]+)*(?:\([^(){}\n]{0,80}\))?\})",
    # :::note[Read this] and its end
    r"(?m:^[ >]*\K:{3,}[^\n]*$)",
    # [[Rogun dam|the dam]]
    r"(?P<wiki>!?\[\[[^\[\]\n]{1,200}\]\])",
    # $$ E = mc^2 $$
    r"\$\$(?:(?!\$\$|\n\n).){1,4000}\$\$",
    # the flow $Q_{max}$; not “$5 million and $6 million”
    r"(?<![\\$\w])(?P<formula>\$(?=[^\s$])[^$\n]{0,200}?[\\^_{}=][^$\n]{0,200}?(?<=\S)\$)(?![\d$])",
    # :warning:, not 10:30:15
    r"(?<![\w:/]):[a-z][a-z0-9_+-]{1,40}:(?![\w:/])",
)
_TAG = regex.compile("|".join(_RULES), regex.S)
_BRACES = regex.compile("|".join(rule for rule in _RULES[:6]), regex.S)
_MAY_HOLD = regex.compile(r"^(?:import|export)\b|\{[{%#:/.\w$]|:::|\[\[|\$|:[a-z]", regex.M)
_WORDS = ("word", "name", "wiki", "formula")
# Regions of code hold what looks like tags and is none.
_FENCED = r"(?ms:^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z))"
_CODE = regex.compile(rf"{_FENCED}|(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)")
_COVERED = regex.compile(f"{_VARIABLE}+|{COVER}+")


@dataclass(frozen=True, slots=True)
class Covered:
    """A stretch of covered letters; `is_word` where it stands in its sentence as a word does."""

    span: Span
    is_word: bool


def cover(text: str, *, markdown: bool = True) -> str:
    """Return a text of the same length with every template tag covered, but for those in code.

    Args:
        text: Markdown or HTML.
        markdown: False for HTML, where only tags in braces are such.
    """
    if not _MAY_HOLD.search(text):
        return text
    ticks = markdown and ("`" in text or "~~~" in text)
    code = [Span(match.start(), match.end()) for match in _CODE.finditer(text)] if ticks else []
    pieces: list[str] = []
    at = next_code = 0
    for match in (_TAG if markdown else _BRACES).finditer(text):
        span = Span(match.start(), match.end())
        while next_code < len(code) and code[next_code].stop <= span.start:
            next_code += 1
        if next_code < len(code) and code[next_code].start <= span.start:
            continue
        sign = _VARIABLE if any(match.groupdict().get(name) for name in _WORDS) else COVER
        pieces += [text[at : span.start], sign * (span.stop - span.start)]
        at = span.stop
    return "".join([*pieces, text[at:]])


def covered(text: str) -> list[Covered]:
    """Find the covered stretches of a text."""
    return [Covered(Span(m.start(), m.end()), m[0][0] == _VARIABLE) for m in _COVERED.finditer(text)]
