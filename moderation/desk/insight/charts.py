"""Charts as SVG, rendered on the server with pygal, in the colours of the desk."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

import pygal
from flask_babel import format_date
from flask_babel import gettext as _
from pygal.style import Style

from moderation.desk.insight.palette import read_palette
from moderation.domain.cases.lifecycle import DECIDED
from moderation.services.insight.stats import Stats
from moderation.services.insight.thanks import THANKS
from moderation.web.labels.cases import tab_label
from moderation.web.labels.insight import range_labels, thanks_label

_FEW = 5


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a chart: dark or light colours, and the size for a phone or a wider screen."""

    dark: bool = False
    narrow: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return (320, 200) if self.narrow else (640, 240)

    @property
    def labels(self) -> int:
        """Return the number of days that have a label below the chart."""
        return 3 if self.narrow else 6

    @property
    def font(self) -> int:
        """Size of labels in pixels."""
        return 11 if self.narrow else 13


def days_chart(stats: Stats, look: Look) -> bytes:
    """Reports and cases per day."""
    chart = pygal.Line(
        **_config(stats, look, ("series-blue", "series-orange")), show_dots=len(stats.days) <= 31, dots_size=2
    )
    if stats.reports or stats.cases:
        chart.add(_("Reports"), [day.reports for day in stats.days])
        chart.add(_("Cases"), [day.cases for day in stats.days])
    return _render(chart, stats, max(max(day.reports, day.cases) for day in stats.days))


def decisions_chart(stats: Stats, look: Look) -> bytes:
    """Decisions per day, by status."""
    chart = pygal.StackedBar(
        **_config(stats, look, ("series-green", "series-blue", "series-red", "series-grey"))
    )
    for status in DECIDED if stats.decided else ():
        chart.add(tab_label(status), [day.decided.get(status, 0) for day in stats.days])
    return _render(chart, stats, max(sum(day.decided.values()) for day in stats.days))


def readers_chart(stats: Stats, look: Look) -> bytes:
    """Readers per day: who reported, whose report was accepted, whose was fixed, who was told."""
    chart = pygal.Line(
        **_config(stats, look, ("series-blue", "series-orange", "series-green", "series-grey")),
        show_dots=len(stats.days) <= 31,
        dots_size=2,
    )
    for key in THANKS:
        if stats.thanks[key]:
            chart.add(thanks_label(key, "short"), [day.thanks[key] for day in stats.days])
    return _render(chart, stats, max(max(day.thanks.values()) for day in stats.days))


def times_chart(stats: Stats, look: Look) -> bytes:
    """Decisions and fixes by how long they took."""
    chart = pygal.Bar(**_config(stats, look, ("series-blue", "series-green")) | {"x_labels_major_every": 1})
    if any(stats.decision_times) or any(stats.mending_times):
        chart.add(_("To decision"), stats.decision_times)
        chart.add(_("To fix"), stats.mending_times)
    chart.x_labels = range_labels()
    return _finish(chart, max(*stats.decision_times, *stats.mending_times))


def _config(stats: Stats, look: Look, series: tuple[str, ...]) -> dict[str, object]:
    palette = read_palette().dark if look.dark else read_palette().light
    ink, paper, rule = palette["ink-quiet"], palette["paper"], palette["rule"]
    colors = tuple(palette[name] for name in series)
    style = Style(
        background=paper, plot_background=paper,
        foreground=ink, foreground_strong=ink, foreground_subtle=rule,
        colors=colors, font_family="system-ui, sans-serif", label_font_size=look.font,
        major_label_font_size=look.font, legend_font_size=look.font, guide_stroke_dasharray="2,4",
        major_guide_stroke_dasharray="2,4", guide_stroke_color=rule, major_guide_stroke_color=rule,
        opacity=".85", no_data_font_size=16,
    )  # fmt: skip
    width, height = look.size
    return {
        "style": style, "js": (), "width": width, "height": height, "legend_at_bottom": True,
        "legend_box_size": 10, "range": None,
        "show_minor_x_labels": False, "truncate_label": -1, "include_x_axis": True, "margin": 8,
        "no_data_text": _("No data for this period"), "max_scale": 5,
        "disable_xml_declaration": True,
        "x_labels_major_every": max(1, len(stats.days) // look.labels),
    }  # fmt: skip


def _render(chart: "pygal.Graph", stats: Stats, highest: int) -> bytes:
    chart.x_labels = [format_date(day.day, "d MMM") for day in stats.days]
    return _finish(chart, highest)


def _finish(chart: "pygal.Graph", highest: int) -> bytes:
    if 0 < highest <= _FEW:  # no half reports on the axis
        chart.y_labels = range(highest + 1)
    chart.add_xml_filter(_without_scripts)
    svg: str = chart.render(is_unicode=True)
    return svg.encode()


def _without_scripts(root: Element) -> Element:
    """Remove scripts: pygal writes its settings into the SVG as one."""
    for parent in list(root.iter()):
        for child in [child for child in parent if str(child.tag).endswith("script")]:
            parent.remove(child)
    return root
