"""What a statement does, told by its words."""

import pytest

from ventanilla.config.statements import locks_rows, writes

WRITING = [
    "INSERT INTO t VALUES (1)",
    "  insert or replace into t values (1)",
    "UPDATE t SET a = 1",
    "DELETE FROM t",
    "REPLACE INTO t VALUES (1)",
    "CREATE TABLE t (a)",
    "VACUUM",
    "TRUNCATE t",
    "-- a note\nINSERT INTO t VALUES (1)",
    "/* SELECT */ DELETE FROM t",
    "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
    'WITH a AS (SELECT 1) UPDATE "t" SET b = 1',
    "WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a",
    "with a as (select 1)\nupdate or ignore t\nset b = 1",
    "PRAGMA optimize",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA user_version = 7",
    "",
    "what is this",
]
READING = [
    "SELECT 1",
    " select * from t",
    "(SELECT 1) UNION (SELECT 2)",
    "-- a note\nSELECT 1",
    "/* UPDATE t SET a = 1 */ SELECT 1",
    "WITH a AS (SELECT 1) SELECT * FROM a",
    "WITH a AS (SELECT 'insert into t' AS b) SELECT replace(b, 'x', 'y') FROM a",
    'WITH a AS (SELECT "update" FROM "set") SELECT * FROM a',
    "EXPLAIN DELETE FROM t",
    "PRAGMA foreign_keys = ON",
    "PRAGMA user_version",
    "SAVEPOINT s",
    "RELEASE SAVEPOINT s",
    "ROLLBACK TO SAVEPOINT s",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "VALUES (1)",
]


@pytest.mark.parametrize("sql", WRITING)
def test_a_statement_that_writes(sql: str) -> None:
    assert writes(sql)


@pytest.mark.parametrize("sql", READING)
def test_a_statement_that_only_reads(sql: str) -> None:
    assert not writes(sql)


@pytest.mark.parametrize("kind", ["UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE", "UPDATE SKIP LOCKED"])
def test_a_reading_that_locks_rows(kind: str) -> None:
    assert locks_rows(f"SELECT * FROM t FOR {kind}")
    assert not locks_rows(f"SELECT 'wait for {kind}' FROM t")
