"""Files of the package: outputs whole or not at all and never in place of what is no file, texts read as UTF-8."""

from __future__ import annotations

import os
import socket
import stat

import pytest
import sarx
from sarx.cli import main
from sarx.files.text import read_text
from sarx.files.writing import output_file, replacing, what_is_no_file


def test_kinds_are_named():
    assert what_is_no_file(stat.S_IFREG | 0o644) == ""
    assert what_is_no_file(stat.S_IFCHR | 0o666) == what_is_no_file(stat.S_IFBLK) == "a device"
    assert what_is_no_file(stat.S_IFIFO) == "a pipe"
    assert what_is_no_file(stat.S_IFSOCK) == "a socket"
    assert what_is_no_file(stat.S_IFDIR) == "a folder"


def test_results_are_not_replaced(tmp_path, made_up):
    copy = tmp_path / "run.h5"
    copy.write_bytes(made_up.path.read_bytes())
    (tmp_path / "page.html").symlink_to("run.h5")
    for output in ("run.h5", "page.html"):
        with pytest.raises(sarx.SarxError, match="it holds results"):
            sarx.report(copy, tmp_path / output)
    assert copy.read_bytes() == made_up.path.read_bytes()


def test_what_is_no_regular_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
    (tmp_path / "link").symlink_to("pipe")
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for name, word in (("pipe", "a pipe"), ("link", "a pipe"), ("socket", "a socket"), (".", "a folder"),
                       ("a", "circle|loop|levels of symbolic links")):
        with pytest.raises(sarx.SarxError, match=word):
            output_file(tmp_path / name)
    os.mkfifo(tmp_path / "run.partial.csv")
    with pytest.raises(sarx.SarxError, match="a pipe"), replacing(tmp_path / "run.csv"):
        pass


def test_a_link_is_followed_and_stays(tmp_path):
    (tmp_path / "scratch").mkdir()
    (tmp_path / "out.txt").symlink_to("scratch/real.txt")
    for text in ("one", "two"):
        with replacing(tmp_path / "out.txt") as file:
            assert file.parent == tmp_path / "scratch"
            file.write_text(text)
        assert (tmp_path / "scratch/real.txt").read_text() == text
    assert (tmp_path / "out.txt").is_symlink()


def test_what_fails_leaves_the_old_file(tmp_path):
    (tmp_path / "out.txt").write_text("old")
    with pytest.raises(RuntimeError), replacing(tmp_path / "out.txt") as file:
        file.write_text("half")
        raise RuntimeError
    assert (tmp_path / "out.txt").read_text() == "old"
    assert os.listdir(tmp_path) == ["out.txt"]


@pytest.mark.parametrize("command", [("cascade", "-o", "picture.png"), ("report", "-o", "page.html"),
                                     ("export", "--to", "csv", ".")])
def test_every_command_refuses_a_pipe(made_up, tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    name = "people.csv" if command[0] == "export" else command[-1]
    os.mkfifo(name)
    assert main([command[0], str(made_up.path), *command[1:]]) == 2
    assert f"{name}: it is a pipe" in capsys.readouterr().err
    assert stat.S_ISFIFO(os.lstat(name).st_mode)


@pytest.mark.parametrize(("raw", "said"), [
    (b"a: 1\nb: Jos\xe9\n", "text:2:7: a byte that is not UTF-8, 0xe9"),
    ("a: 1\n".encode("utf-16"), "text is UTF-16: save it as UTF-8"),
    ("a: 1\n".encode("utf-16-le"), "text is UTF-16"),
    (b"a: 1 and more\nb\0: 2\n", "text:2:2: a NUL byte"),
    (b"a: 1\rb: 2\r", "text:1:5: a line ends in CR alone"),
])
def test_bytes_that_are_no_text_are_named(tmp_path, raw, said):
    (tmp_path / "text").write_bytes(raw)
    with pytest.raises(sarx.SarxError) as problem:
        read_text(tmp_path / "text")
    assert said in str(problem.value)


def test_text_is_read_whatever_its_line_ends(tmp_path):
    (tmp_path / "text").write_bytes("\ufeffÉve\r\nb\n".encode())
    assert read_text(tmp_path / "text") == "Éve\r\nb\n"
