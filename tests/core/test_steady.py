"""Reference data is read once within a long load, and afresh everywhere else."""

from reception.core.steady import standing_still, steady


def test_only_a_long_load_reads_once():
    reads = []

    @steady
    def limit(code: str, otherwise: int = 30) -> int:
        reads.append(code)
        return len(reads)

    assert [limit("a"), limit("a")] == [1, 2]
    with standing_still():
        assert [limit("a"), limit("a"), limit("b"), limit("a", otherwise=5)] == [3, 3, 4, 5]
    assert limit("a") == 6  # nothing is remembered beyond it
    assert reads == ["a", "a", "a", "b", "a", "a"]
