"""Hooks of the documentation site. MkDocs calls them by name: https://www.mkdocs.org/user-guide/plugins/#events."""

import re
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

ROOT = Path(__file__).resolve().parents[2]
MERMAID = "assets/javascripts/mermaid.js"
BESIDE = {
    # The theme would load the program that draws diagrams from another server.
    MERMAID: ROOT / "node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js",
    "assets/images/caret.svg": ROOT / "moderation/static/caret.svg",
}
_OUTSIDE = re.compile(r"\[([^]]+)\]\(((?:\.\./)+[^)\s]+)\)")
_FOREIGN = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//|<link\b[^>]*\brel=["']?stylesheet["']?[^>]*\bhref=["']?(?:https?:)?//"""
)


def github_slug(text: str, separator: str) -> str:
    """Return the anchor that GitHub gives to a heading, so that one link works in both places."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", separator)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Name headings as GitHub does."""
    config.mdx_configs["toc"]["slugify"] = github_slug
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what lies outside docs/."""
    for name, path in BESIDE.items():
        files.append(File.generated(config, name, abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Point links out of docs/ at the repository, or make them plain text if its address is not known."""
    folder = PurePosixPath("docs", page.file.src_uri).parent

    def replaced(link: re.Match[str]) -> str:
        path = _resolved(folder / link[2])
        if path.startswith("docs/"):
            return link[0]
        return f"[{link[1]}]({config.repo_url.rstrip('/')}/blob/main/{path})" if config.repo_url else link[1]

    return _OUTSIDE.sub(replaced, markdown)


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Render a page, with the words of the theme, in the language of its text."""
    config.theme["language"] = "ru" if page.file.src_uri.startswith("ru/") else "en"


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Refuse what a browser would load from another server, and draw diagrams with our own copy."""
    foreign = _FOREIGN.search(output)
    if foreign:
        raise PluginError(f"{page.file.src_uri} loads from another server: {foreign[0]}")
    if 'class="mermaid"' not in output:
        return output
    depth = "../" * page.url.count("/")
    return output.replace("</head>", f'<script src="{depth}{MERMAID}"></script></head>')


def _resolved(path: PurePosixPath) -> str:
    """Return a path without `..`."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
