"""The door for formats of tables: what a stranger's format takes from it is enough to print a table."""

from seqbench import formats


class Tabs:
    """A format of a stranger: cells with tabs between them."""

    def table(self, table):
        return "\n".join("\t".join(formats.safe_line(str(cell)) for cell in row) for row in table.rows)


def test_a_table_is_written_with_names_of_the_door_alone_and_its_words_are_no_commands():
    table = formats.Table("scores", ["model", "accuracy"], [["a\x1b[2J", "99.1"]])
    assert "\x1b" not in Tabs().table(table)
    assert Tabs().table(table).endswith("\t99.1")


def test_every_name_of_the_door_is_there_and_says_what_it_is():
    for name in formats.__all__:
        assert getattr(formats, name).__doc__, name
