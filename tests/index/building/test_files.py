from index.building import files
from index.building.plan import Quiet, scan


def put(folder, name, text="A letter."):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_is_read_from_the_nearest_metadata_beside_or_above_a_file(tmp_path):
    put(tmp_path, "kent/2022/one.txt")
    put(tmp_path, "kent/two.txt")
    put(tmp_path, "three.txt")
    put(tmp_path, "metadata.csv", "source,authority\nkent/2022/one.txt,Essex\nthree.txt,Devon\n")
    put(tmp_path, "kent/metadata.csv", "source,authority\n2022/one.txt,Kent\ntwo.txt,Kent\n")
    authorities = {found.source: found.sidecar["authority"] for found in files.scan([tmp_path])}
    assert authorities == {
        "kent/2022/one.txt": "Kent",
        "kent/two.txt": "Kent",
        "three.txt": "Devon",
    }
    assert files.strays([tmp_path]) == []


def test_a_row_that_names_no_file_is_reported(tmp_path):
    put(tmp_path, "one.txt")
    sidecar = put(tmp_path, "metadata.csv", "source,authority\none.txt,Kent\nonce.txt,Kent\n")
    hashed, problems = scan([tmp_path], Quiet())
    assert [item.found.source for item in hashed] == ["one.txt"]
    assert [(problem.source, problem.reason) for problem in problems] == [
        ("metadata.csv", f"{sidecar} describes once.txt, which is not there")
    ]


def test_a_note_about_the_folder_is_no_document_but_a_letter_called_readme_is(tmp_path):
    for name in ("README.md", "readme", "README.pdf", "README-kent.txt"):
        put(tmp_path, name, f"A letter called {name}.")
    hashed, problems = scan([tmp_path], Quiet())
    assert sorted(item.found.source for item in hashed) == ["README-kent.txt", "README.pdf"]
    assert {problem.source for problem in problems} == {"README.md", "readme"}
