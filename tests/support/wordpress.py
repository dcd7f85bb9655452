"""A real WordPress: Debian's packages, a MariaDB of its own without network, and PHP's built-in server."""

import base64
import json
import os
import shutil
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from tests.support.running import eventually, free_port

PACKAGE = Path("/usr/share/wordpress")
USER = "anna"
_CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'wordpress'); define('DB_PASSWORD', 'wordpress');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
{keys}
define('WP_ENVIRONMENT_TYPE', 'local'); define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}'); define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
_THEME = """<!doctype html><html <?php language_attributes(); ?>><head><meta charset="utf-8">
<title><?php wp_title(''); ?></title></head><body><?php while (have_posts()) { the_post(); ?>
<article><h1><?php the_title(); ?></h1><?php the_content(); ?></article><?php } ?></body></html>
"""  # Debian's package brings none.
_KEYS = "AUTH SECURE_AUTH LOGGED_IN NONCE"


class WordPressSite:
    """One running WordPress with an editor's application password."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.host = f"127.0.0.1:{self.port}"
        self.root = folder / "site"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.password = ""

    def start(self) -> "WordPressSite":
        """Install and start it."""
        self.folder.mkdir(parents=True)
        self.folder.chmod(0o755)
        self._start_database()
        shutil.copytree(PACKAGE, self.root, symlinks=False, ignore_dangling_symlinks=True)
        keys = "\n".join(
            f"define('{name}_{kind}', '{name}{kind}');" for name in _KEYS.split() for kind in ("KEY", "SALT")
        )
        config = _CONFIG.format(socket=self.folder / "db.sock", keys=keys, url=self.url)
        (self.root / "wp-config.php").write_text(config)
        theme = self.root / "wp-content" / "themes" / "plain"
        theme.mkdir(parents=True)
        (theme / "style.css").write_text("/* Theme Name: Plain */")
        (theme / "index.php").write_text(_THEME)
        env = {**os.environ, "PHP_CLI_SERVER_WORKERS": "4"}
        command = ["php", "-d", "error_reporting=0", "-S", self.host, "-t", str(self.root)]
        self._processes.append(subprocess.Popen(command, env=env, **_QUIET, start_new_session=True))
        eventually(lambda: _answers(self.url + "/wp-admin/install.php"))
        form = {
            "weblog_title": "Городские новости", "user_name": "admin", "admin_password": "admin-Passw0rd",
            "admin_password2": "admin-Passw0rd", "pw_weak": "on", "admin_email": "admin@news.example",
            "language": "", "blog_public": "0",
        }  # fmt: skip
        data = urllib.parse.urlencode(form).encode()
        urllib.request.urlopen(self.url + "/wp-admin/install.php?step=2", data, timeout=60).read()
        self.password = self.php(
            f"$id = wp_insert_user(['user_login' => '{USER}', 'user_pass' => 'x', 'role' => 'editor', "
            f"'user_email' => 'anna@news.example']);"
            "global $wp_rewrite; $wp_rewrite->set_permalink_structure('/%postname%/');"
            "flush_rewrite_rules(false); switch_theme('plain');"
            "echo WP_Application_Passwords::create_new_application_password($id, ['name' => 'desk'])[0];"
        )
        return self

    def stop(self) -> None:
        """Stop the processes that this started."""
        for process in reversed(self._processes):
            os.killpg(process.pid, 15)
            process.wait(30)

    def php(self, code: str) -> str:
        """Run PHP inside WordPress, and return what it prints."""
        program = f"$_SERVER['HTTP_HOST'] = '{self.host}'; require '{self.root}/wp-load.php'; {code}"
        done = subprocess.run(
            ["php", "-d", "error_reporting=0", "-r", program],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout.strip()

    def call(self, method: str, route: str, body: Any = None, **query: str) -> Any:
        """Call the REST API as the editor."""
        query_string = urllib.parse.urlencode({"rest_route": route, **query})
        request = urllib.request.Request(f"{self.url}/?{query_string}", method=method)
        request.add_header(
            "Authorization", "Basic " + base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        )
        request.add_header("Content-Type", "application/json")
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(request, data, timeout=60) as answer:
            return json.loads(answer.read())

    def post(self, content: str, title: str = "Заголовок статьи", **more: Any) -> dict[str, Any]:
        """Publish a post."""
        body = {"title": title, "content": content, "status": "publish", **more}
        made: dict[str, Any] = self.call("POST", "/wp/v2/posts", body)
        return made

    def raw(self, post: dict[str, Any], name: str = "content") -> str:
        """The source of a post's field as it is now."""
        now = self.call("GET", f"/wp/v2/posts/{post['id']}", context="edit")
        return str(now[name]["raw"])

    def revisions(self, post: dict[str, Any]) -> list[dict[str, Any]]:
        """Its revisions, newest first."""
        found: list[dict[str, Any]] = self.call("GET", f"/wp/v2/posts/{post['id']}/revisions", context="edit")
        return found

    def page(self, url: str) -> str:
        """A page as readers get it."""
        with urllib.request.urlopen(url, timeout=60) as answer:
            return str(answer.read().decode())

    def _start_database(self) -> None:
        data, socket = self.folder / "db", self.folder / "db.sock"
        user = ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(
            ["mariadb-install-db", f"--datadir={data}", "--auth-root-authentication-method=normal",
             "--skip-test-db", *user],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        command = [
            "mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={socket}", "--skip-networking",
            f"--pid-file={self.folder / 'db.pid'}", "--innodb-flush-log-at-trx-commit=0", *user,
        ]  # fmt: skip
        self._processes.append(subprocess.Popen(command, **_QUIET, start_new_session=True))
        client = ["mariadb", "--no-defaults", f"--socket={socket}", "-u", "root", "-e"]
        statement = (
            "CREATE DATABASE wordpress CHARACTER SET utf8mb4; "
            "CREATE USER wordpress@localhost IDENTIFIED BY 'wordpress'; "
            "GRANT ALL ON wordpress.* TO wordpress@localhost"
        )
        eventually(
            lambda: subprocess.run([*client, "SELECT 1"], capture_output=True, check=False).returncode == 0
        )
        subprocess.run([*client, statement], check=True, capture_output=True)


_QUIET: dict[str, Any] = {
    "stdout": subprocess.DEVNULL,
    "stderr": subprocess.DEVNULL,
    "stdin": subprocess.DEVNULL,
}


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
