"""The run of `tolmach archive`: what is to be made is planned, made, written down and reported."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.archive_inputs import Asked, Gathered, gathered
from translate.cli.options import FOUND, print_json
from translate.cli.terminal import draw
from translate.errors import FileError
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.archive.desk import Post
    from translate.archive.local import Made
    from translate.archive.manifest import Manifest
    from translate.archive.planning import Plan
    from translate.archive.report import Summary
    from translate.archive.station import Setup


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the work is to be done; see the options of the command."""

    folder: Path
    engine: str
    shards: str | None
    changed: bool
    dry_run: bool
    no_memory: bool
    bom: bool
    jobs: int | None
    address: str | None
    ray_workers: int | None
    as_json: bool
    strict: bool
    quiet: bool


def run(asked: Asked, wishes: Wishes) -> int:
    """Do it.

    Returns:
        the exit code: that of the worst failure of an article, 5 with --strict where there is something to look at.
    """
    from translate.archive.desk import Opening
    from translate.archive.local import engine_beside
    from translate.archive.manifest import Manifest, alone

    if wishes.jobs:
        os.environ["OMP_NUM_THREADS"] = str(wishes.jobs)
    say = _Voice(quiet=wishes.quiet)
    meant = gathered(asked, say.note)
    opening = Opening(wishes.engine, asked.source, asked.target, meant.hints)
    with ExitStack() as stack:
        stack.enter_context(alone(wishes.folder))
        manifest = stack.enter_context(Manifest(wishes.folder))
        # the workers of a cluster load their own; here it is needed to know whether it is another one
        beside = wishes.changed or not wishes.address
        post = stack.enter_context(engine_beside(opening)) if beside else _nowhere
        made = _Run(manifest, wishes, post, say)
        setup = _setup(meant, wishes, opening, manifest)
        plan = made.planned(meant)
        if wishes.dry_run:
            return _told(plan, wishes, say)
        say.plan(plan)
        say.faults(meant)
        for key, ids in plan.agreed.items():
            manifest.agree(ids, key)
        if plan.jobs:
            made.made(replace(setup, earlier=plan.earlier), plan)
        return made.reported(plan)


def _nowhere() -> Post:
    raise AssertionError("no engine runs here")


def _setup(meant: Gathered, wishes: Wishes, opening: Any, manifest: Manifest) -> Setup:
    """Settle what holds for the whole run; the memories are opened here once, to meet what is wrong with them early."""
    from translate.archive.changes import pack
    from translate.archive.station import Setup
    from translate.memory import memory_path, opened

    own = wishes.folder.resolve() / "drafts.sqlite3" if wishes.no_memory else memory_path()
    shared = () if wishes.no_memory else meant.memories
    with opened(shared, own=own) as memories:
        if memories.notice:
            raise FileError(
                memories.notice, path=own, hint=_("--no-memory keeps the drafts in the folder of the results.")
            )
    for house in meant.houses:
        manifest.keep_glossary(house.key, pack(house.glossary))
    begun = manifest.setting("shards", wishes.shards or "jsonl")
    if wishes.shards and wishes.shards != begun:
        raise FileError(
            _("the archive was begun with {begun} shards").format(begun=begun), path=wishes.folder,
            hint=_("Leave --shards out, or name another folder with --out."),
        )  # fmt: skip
    if begun == "parquet":
        from translate.archive.sources import parquet_library

        parquet_library(wishes.folder)
    return Setup(
        wishes.folder.resolve(), opening, meant.reading, meant.houses, memory=own, shared=tuple(shared), format=begun,
        bom=wishes.bom,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    """What the steps of a run share."""

    manifest: Manifest
    wishes: Wishes
    post: Callable[[], Post]
    say: _Voice

    def planned(self, meant: Gathered) -> Plan:
        """Say what is to be made."""
        from translate.archive.planning import Planner, shard_size

        ids = self.manifest.take((one.seen for one in meant.wanted), shard_size(len(meant.wanted)))
        changed = self.wishes.changed
        planner = Planner(self.manifest, meant.houses, meant.reading, self.post().signature if changed else "")
        return planner.plan(meant.wanted, ids, changed=changed)

    def made(self, setup: Setup, plan: Plan) -> None:
        """Have the jobs done, write down what is done, and tell what fails."""
        self.say.begin(plan.articles)
        with self._working(setup, plan) as done:
            for made in done:
                self.manifest.commit(made.results)
                self.say.results(made)
        self.manifest.drop_glossaries()

    @contextmanager
    def _working(self, setup: Setup, plan: Plan) -> Iterator[Iterator[Made]]:
        """Give the jobs to processes of this machine, or to a cluster."""
        if self.wishes.address:
            from translate.archive.ray import cluster

            with cluster(setup, self.wishes.address, self.wishes.ray_workers) as workers:
                yield workers.run(plan.jobs, self.say.watch)
            return
        from translate.archive.local import Pool, processes, warm

        warm(setup)
        post = self.post()
        self.say.note(post.notice)
        if post.traits.is_remote:
            self.say.note(_("the text is sent to another machine to be translated"))
        pool = Pool(setup, post, min(processes(), len(plan.jobs)))
        try:
            yield pool.run(plan.jobs, lambda: self.say.watch(pool.articles))
        except BaseException:
            pool.close(now=True)
            raise
        pool.close()

    def reported(self, plan: Plan) -> int:
        """Write the report; return the exit code."""
        from translate.archive.report import summary_of, write_report

        summary = summary_of(self.manifest)
        write_report(summary, self.wishes.folder)
        self.say.end(summary, self.wishes.folder)
        if self.wishes.as_json:
            print_json(_as_json(summary, plan))
        return summary.worst or (FOUND if self.wishes.strict and summary.problem_count else 0)


def _as_json(summary: Summary, plan: Plan) -> dict[str, Any]:
    return {
        "made": dict(plan.why),
        "done": summary.done, "waiting": summary.waiting, "sentences": summary.sentences,
        "failed": [{"file": one.name, "reason": one.reason} for one in summary.failed],
        "engines": dict(summary.engines), "confidence": summary.confidence, "problems": dict(summary.problems),
        "terms": {"found": summary.found, "placed": summary.placed},
        "names": [{"name": o.name, "kind": o.kind, "count": o.count, "articles": o.articles} for o in summary.names],
    }  # fmt: skip


def _told(plan: Plan, wishes: Wishes, say: _Voice) -> int:
    """Say what would be made, and which change of the glossary touches which article."""
    if wishes.as_json:
        touched = [{"file": one.name, "changes": [_line(c) for c in one.changes]} for one in plan.touched]
        print_json({"make": dict(plan.why), "touched": touched})
        return 0
    for line in _by_change(plan):
        click.echo(line)
    say.plan(plan)
    return 0


def _by_change(plan: Plan) -> Iterator[str]:
    articles: dict[str, list[str]] = {}
    for one in plan.touched:
        for change in one.changes:
            articles.setdefault(_line(change), []).append(one.name)
    for line, names in articles.items():
        count = ngettext("{n} article", "{n} articles", len(names)).format(n=len(names))
        yield f"{line}: {count}"
        yield from (f"  {name}" for name in names)


def _line(change: Any) -> str:
    old, new = change.old, change.new
    if old and new and old.target != new.target:
        return f"{change.source}: {old.target} → {new.target}"
    if old and new:
        return _("{term}: {target}, otherwise than before").format(term=change.source, target=new.target)
    if new:
        return _("{term}: {target}, new").format(term=change.source, target=new.target)
    return _("{term}: {target}, gone").format(term=change.source, target=old.target)


_WHY = {
    "new": _("not made yet"), "failed": _("failed before"), "text": _("text changed"),
    "engine": _("another engine"), "style": _("style changed"), "glossary": _("terms changed"),
    "output": _("files to write"),
}  # fmt: skip


class _Voice:
    """What goes to standard error; the line of progress only where someone watches."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._watched = sys.stderr.isatty() and not quiet
        self._said: set[str] = set()
        self._began = time.monotonic()
        self._total = self._failed = self._finished = self._sentences = 0

    def note(self, line: str) -> None:
        """Say a thing once."""
        if line and not self._quiet and line not in self._said:
            self._said.add(line)
            click.echo(f"tolmach: {line}", err=True)

    def plan(self, plan: Plan) -> None:
        """Say what is to be done."""
        count = ngettext("{n} article to make", "{n} articles to make", plan.articles).format(n=plan.articles)
        reasons = ", ".join(f"{_WHY[why]}: {n}" for why, n in plan.why.items())
        self.note(f"{count} ({reasons})" if reasons else count)
        if plan.stale:
            stale = ngettext(
                "{n} article would come out otherwise now: --changed makes it again",
                "{n} articles would come out otherwise now: --changed makes them again", plan.stale,
            )  # fmt: skip
            self.note(stale.format(n=plan.stale))

    def faults(self, meant: Gathered) -> None:
        """Tell what cannot be read at all."""
        for one in meant.wanted:
            if one.seen.fault:
                click.echo(f"tolmach: {one.seen.fault}", err=True)

    def begin(self, total: int) -> None:
        """Begin to count."""
        self._total, self._began = total, time.monotonic()

    def watch(self, articles: int) -> None:
        """Draw the line of progress."""
        if not self._watched:
            return
        seconds = max(time.monotonic() - self._began, 0.1)
        rate = articles / seconds
        left = (self._total - articles) / rate if rate else 0
        line = _("{done}/{total} articles, {rate:.1f} a minute, {left} left, {failed} failed")
        draw(line.format(done=articles, total=self._total, rate=60 * rate, left=_time(left), failed=self._failed))

    def results(self, made: Made) -> None:
        """Tell what failed."""
        names = {task.id: task.source.name for task in made.job.tasks}
        if self._watched:
            draw("")
        for one in made.results:
            if one.made is None:
                self._failed += 1
                click.echo(f"tolmach: {names[one.id]}: {one.reason}", err=True)
        self._finished += len(made.results)
        self._sentences += sum(one.made.counts["sentences"] for one in made.results if one.made and one.made.counts)

    def end(self, summary: Summary, folder: Path) -> None:
        """Sum the run up."""
        if self._watched:
            draw("")
        if self._quiet:
            return
        from translate.archive.report import NAME

        if self._finished:
            seconds = max(time.monotonic() - self._began, 0.01)
            line = _("{n} articles, {sentences} sentences in {time}: {rate:.1f} sentences a second")
            rate = self._sentences / seconds
            filled = line.format(n=self._finished, sentences=self._sentences, time=_time(seconds), rate=rate)
            click.echo(filled, err=True)
        line = _("{done} done, {failed} failed, {problems} to look at: {report}")
        done = line.format(
            done=summary.done, failed=len(summary.failed), problems=summary.problem_count, report=folder / NAME
        )
        click.echo(done, err=True)


def _time(seconds: float) -> str:
    """Write a span of time: 3:07, 12:00:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
