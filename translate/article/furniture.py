"""The wording that pages of every site share and stories do not: buttons, notices, the headings of link lists."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import Enum

import regex


class Furniture(Enum):
    """What a line of a page's furniture does to the text after it."""

    PASSING = "stands alone: the story may go on after it"
    LIST = "heads a list of other stories: what follows is theirs until prose outweighs it"
    END = "ends the story for good: readers' comments, the footer"


@dataclass(frozen=True, slots=True)
class Sign:
    """A wording, and a line that forced it.

    Args:
        what: what such a line does.
        line: an example, tested.
        pattern: matched against the whole line, case aside; “~” stands for any further words.
    """

    what: Furniture
    line: str
    pattern: str

    def compiled(self) -> regex.Pattern[str]:
        """Return the regular expression."""
        return regex.compile(self.pattern.replace("~", r".{0,200}"), regex.I)


_END, _LIST, _PASSING = Furniture.END, Furniture.LIST, Furniture.PASSING
_NETWORK = (
    r"(?:facebook|twitter|x|telegram|whatsapp|vk|vkontakte|instagram|linkedin|youtube|e-?mail|reddit|pinterest|rss)"
)
_STORIES = r"(?:news|stories|articles|posts|headlines|topics|content|reading|links|coverage)"

# A story may speak of cookies and newsletters, so a pattern covers its line from the first word to the last.
RULES = (
    Sign(_END, "14 Comments", r"(?:\d+ )?comments?(?: \(\d+\))?:?"),
    Sign(_END, "Leave a reply", r"(?:leave|post|add|write) (?:a|your) (?:reply|comment)~"),
    Sign(_END, "Join the conversation", r"(?:join the (?:conversation|discussion)|view comments|no comments yet)~"),
    Sign(_END, "© 2023 The Site", r"(?:©|\(c\)|copyright\b).{0,80}(?:19|20)\d\d~"),
    Sign(_END, "The Site © 2019–2024", r"[^©(]{0,40}(?:©|\(c\)) ?(?:19|20)\d\d.{0,60}"),
    Sign(_END, "The Site, all rights reserved.", r".{0,80}?\ball rights reserved\b~"),
    Sign(_END, "About the author", r"about (?:the|this) (?:author|writer|site|website)s?:?"),
    Sign(_LIST, "Related", rf"(?:related|similar|recommended|suggested)(?: {_STORIES})?:?"),
    Sign(_LIST, "Most popular", rf"(?:most )?(?:popular|read|viewed|shared|commented)(?: {_STORIES}| now| today)?:?"),
    Sign(_LIST, "More top stories", rf"(?:more|latest|top|other|recent|trending)(?: \p{{L}}+){{0,2}} {_STORIES}:?"),
    Sign(_LIST, "More from Central Asia", r"(?:more|news) (?:from|in|on) (?:[\p{L}’']+ ?){1,4}:?"),
    Sign(_LIST, "Trending now", r"trending(?: now)?:?|(?:the )?latest:?|breaking(?: news)?:?"),
    Sign(_LIST, "You may also like", r"you (?:may|might|could) (?:also )?(?:like|be interested in).{0,20}"),
    Sign(_LIST, "What to read next", r"(?:what to )?read next:?|don[’']t miss:?|editors?[’']s? (?:picks?|choice):?"),
    Sign(_LIST, "Read also:", r"(?:also read|(?:read|see|watch) (?:also|more|next)(?: on .{1,30})?):?"),
    Sign(
        _PASSING,
        "Read more: Repairs delayed again",
        r"(?:read|see|watch|listen)(?: (?:also|more|next))?\s*[:|»>→].{3,}",
    ),
    Sign(_PASSING, "RELATED: What the deal means", r"(?:also read|related|more on this|must read)\s*[:|»>→–-].{3,}"),
    Sign(_PASSING, "Advertisement", r"(?:advert|advertisement|advertising|sponsored(?: content)?|promoted|ad)\.?"),
    Sign(_PASSING, "Story continues below", r"(?:the )?(?:story|article|text) continues (?:below|after)~"),
    Sign(_PASSING, "Scroll to continue", r"scroll (?:down )?to continue~"),
    Sign(_PASSING, "Share this article on Telegram", r"share(?: (?:this|on|via|the|with)\b.{0,40})?:?"),
    Sign(
        _PASSING,
        "Share Tweet Print",
        r"(?:(?:share|tweet|print|save|copy(?: link)?|e-?mail|listen|like|send)[ ,|·•]*)+",
    ),
    Sign(_PASSING, "Facebook Twitter Telegram", rf"(?:{_NETWORK}\b[ ,|·•/&]*)+"),
    Sign(_PASSING, "Listen to this article", r"listen to (?:this )?(?:article|story)~|save for later|print this page"),
    Sign(_PASSING, "2.3K views", r"\d[\d., ]*[km]? ?(?:shares?|views?|likes?|reads?|min(?:ute)?s? read)"),
    Sign(_PASSING, "Reading time: 4 minutes", r"(?:estimated )?reading time\b.{0,20}|min(?:ute)?s? read"),
    Sign(_PASSING, "Skip to main content", r"(?:skip|jump) to (?:main )?(?:content|navigation|search).{0,20}"),
    Sign(_PASSING, "Toggle navigation", r"toggle \p{L}+|(?:main |mobile )?(?:menu|navigation)|close|back to top"),
    Sign(_PASSING, "Search", r"search(?: .{1,20})?"),
    Sign(
        _PASSING,
        "Log in",
        r"(?:log ?in|sign ?in|sign ?up|log ?out|register|my account)(?:[ |/]+(?:register|sign ?up))?",
    ),
    Sign(_PASSING, "Support us", r"(?:subscribe|donate)(?: now| today)?|support us|newsletters?"),
    Sign(
        _PASSING, "Home", r"home|about(?: us)?|contacts?(?: us)?|advertise(?: with us)?|careers|sitemap|faq|corrections"
    ),
    Sign(_PASSING, "Privacy policy", r"(?:privacy|cookie)(?: policy| notice| settings)?"),
    Sign(_PASSING, "Terms of use", r"terms(?: of (?:use|service)| (?:and|&) conditions)?"),
    Sign(
        _PASSING,
        "Sign up for our free weekly newsletter. It takes a minute.",
        r"(?:sign up|subscribe|register)\b~\b(?:newsletters?|digest|alerts?|inbox|channel|podcast|updates)\b~",
    ),
    Sign(
        _PASSING, "Get the news in your inbox every day", r"(?:get|receive)\b~\b(?:newsletter|your inbox|by e-?mail)\b~"
    ),
    Sign(_PASSING, "Your email address", r"(?:enter )?your e-?mail(?: address)?\b.{0,30}"),
    Sign(_PASSING, "By signing up you agree to our terms.", r"by (?:clicking|signing up|subscribing|continuing)\b~"),
    Sign(
        _PASSING,
        "Help keep our journalism independent. Donate today.",
        r"(?:help (?:us|keep)|support|donate|become a (?:member|supporter)|make a (?:donation|contribution))\b~"
        r"\b(?:our (?:work|journalism|reporting|newsroom)|independent (?:journalism|media|reporting)|us today)\b~",
    ),
    Sign(
        _PASSING,
        "We use cookies to improve your experience. By using this site you agree to it.",
        r"(?:we(?: and our partners)? use cookies|(?:this|our) (?:web)?site uses cookies|we value your privacy)\b~",
    ),
    Sign(
        _PASSING, "Accept all cookies", r"(?:accept|reject|manage|allow)(?: all)?(?: cookies| preferences| settings)?"
    ),
    Sign(
        _PASSING,
        "Follow us on Telegram and never miss a story.",
        rf"(?:follow|join|find|like) (?:us|our)\b~\b(?:{_NETWORK}|channel|social|app)\b~",
    ),
    Sign(
        _PASSING,
        "Follow The Valley on Telegram",
        rf"(?:follow|find|like) (?:the |our )?[\p{{L}} ’'&.]{{2,40}} on {_NETWORK}(?:[ ,&]+(?:and )?{_NETWORK})*\.?",
    ),
    Sign(
        _PASSING,
        "Our weekly newsletter brings you the best stories. Subscribe here.",
        r"(?:our|the) .{0,40}\b(?:newsletters?|podcast|digest)\b~\b(?:subscribe|sign up|inbox|listen)\b~",
    ),
    Sign(_PASSING, "Listen to our podcast", r"(?:listen to|watch|check out) our (?:podcast|videos?|channel)\b.{0,60}"),
    Sign(_PASSING, "Read more about the dam here.", r"(?:read|find out|learn) more (?:about|on)\b.{0,80}\bhere\.?"),
    Sign(_PASSING, "Read also — The dam is late", r"(?:read|see|watch) also\s*[—–-].{3,}"),
    Sign(
        _PASSING,
        "Do you have a tip? Write to tips@site.example.",
        r"(?:do you )?(?:have|got) (?:a|any) (?:tip|story|question|news)s?\b.{0,60}"
        r"\b(?:contact|write|e-?mail|call|send|tell|reach|message)\b~",
    ),
    Sign(
        _PASSING,
        "Send your photos and videos to our WhatsApp: +996 700 000 000.",
        r"send (?:us )?(?:your|a) (?:photo|video|stor|letter|comment|tip|message|question)~\b(?:to|at)\b~",
    ),
    Sign(
        _PASSING,
        "You can reach our newsroom at +996 312 000 000.",
        r"(?:you can )?(?:reach|contact|call|write to|e-?mail) (?:us|our (?:newsroom|editors?|desk|office))\b~",
    ),
    Sign(
        _PASSING,
        "Our newsroom is open on weekdays from 9 to 6.",
        r"(?:our|the) (?:editorial )?(?:newsroom|office|editors?) (?:is|are) (?:open|available|reachable)\b~",
    ),
    Sign(
        _PASSING,
        "Read this story in Russian",
        r"(?:click here to )?(?:read|see) (?:this|the) (?:story|article|text|page) in \p{L}+(?: here)?\.?"
        r"|click here (?:to|for)\b.{0,80}",
    ),
    Sign(
        _PASSING,
        "Enjoyed this article? Share it with a friend.",
        r"(?:(?:did you )?(?:enjoy|like|love)(?:ed)?|liked) (?:this|our) (?:article|story|post|work)\?~",
    ),
    Sign(_PASSING, "Thank you for reading.", r"thank(?:s| you) for reading\b.{0,60}"),
    Sign(_PASSING, "Download our app", r"(?:download|get) (?:our|the) (?:mobile )?app\b~"),
    Sign(
        _PASSING,
        "If you find an error, select it and press Ctrl+Enter.",
        r"(?:if you )?(?:find|found|spot|spotted|notice)\b.{0,10}\b(?:an? )?(?:error|mistake|typo)\b~",
    ),
)
_COMPILED = tuple((rule.what, rule.compiled()) for rule in RULES)


@functools.lru_cache(maxsize=10_000)
def furniture(text: str) -> Furniture | None:
    """Name what a line of page furniture does, or None for anything else."""
    if len(text) > 500:
        return None
    bare = text.strip(" \t[](){}<>*»«→|·•–—-")
    return next((what for what, pattern in _COMPILED if pattern.fullmatch(bare)), None)
