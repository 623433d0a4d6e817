# Our own scenarios, in the form of openCypher's: procedures and files.

Feature: Call1 - Procedures and files

  Scenario: [1] Fail when arguments are left out within a query
    Given an empty graph
    And there exists a procedure test.my.proc(in :: INTEGER?) :: (out :: INTEGER?):
      | in | out |
    And parameters are:
      | in | 1 |
    When executing query:
      """
      CALL test.my.proc YIELD out
      RETURN out
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentPassingMode

  Scenario: [2] Fail when an implicit argument is of the wrong type
    Given an empty graph
    And there exists a procedure test.my.proc(in :: INTEGER?) :: (out :: INTEGER?):
      | in | out |
    And parameters are:
      | in | true |
    When executing query:
      """
      CALL test.my.proc
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentType

  Scenario: [3] Fail when a void procedure is unknown
    Given any graph
    When executing query:
      """
      CALL test.doNothing()
      """
    Then a ProcedureError should be raised at compile time: ProcedureNotFound

  Scenario: [4] A void procedure leaves the rows as they are
    Given an empty graph
    And having executed:
      """
      CREATE (:A {name: 'a'}), (:B {name: 'b'})
      """
    And there exists a procedure test.doNothing() :: ():
      |
    When executing query:
      """
      MATCH (n)
      CALL test.doNothing()
      RETURN n.name AS name
      """
    Then the result should be, in any order:
      | name |
      | 'a'  |
      | 'b'  |
    And no side effects

  Scenario: [5] A void procedure without parentheses, alone
    Given an empty graph
    And there exists a procedure test.doNothing() :: ():
      |
    When executing query:
      """
      CALL test.doNothing
      """
    Then the result should be empty
    And no side effects

  Scenario: [6] WHERE after YIELD
    Given an empty graph
    And there exists a procedure test.labels() :: (label :: STRING?):
      | label |
      | 'A'   |
      | 'B'   |
    When executing query:
      """
      UNWIND [1, 2] AS x
      CALL test.labels() YIELD label AS l WHERE l = 'B'
      RETURN x, l
      """
    Then the result should be, in any order:
      | x | l   |
      | 1 | 'B' |
      | 2 | 'B' |
    And no side effects

  Scenario: [7] OPTIONAL CALL keeps rows
    Given an empty graph
    And there exists a procedure test.my.proc(in :: INTEGER?) :: (out :: STRING?):
      | in | out   |
      | 1  | 'one' |
    When executing query:
      """
      UNWIND [1, 2] AS x
      OPTIONAL CALL test.my.proc(x) YIELD out
      RETURN x, out
      """
    Then the result should be, in any order:
      | x | out   |
      | 1 | 'one' |
      | 2 | null  |
    And no side effects

  Scenario: [8] CALL in UNION
    Given an empty graph
    And there exists a procedure test.labels() :: (label :: STRING?):
      | label |
      | 'A'   |
      | 'B'   |
    When executing query:
      """
      CALL test.labels() YIELD label RETURN label
      UNION
      RETURN 'A' AS label
      """
    Then the result should be, in any order:
      | label |
      | 'A'   |
      | 'B'   |
    And no side effects

  Scenario: [9] Fail when an unknown column is yielded
    Given an empty graph
    And there exists a procedure test.labels() :: (label :: STRING?):
      | label |
    When executing query:
      """
      CALL test.labels() YIELD lable RETURN lable
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [10] Fail at run time when an argument turns out to be of the wrong type
    Given an empty graph
    And there exists a procedure test.my.proc(in :: INTEGER?) :: (out :: STRING?):
      | in | out   |
    When executing query:
      """
      UNWIND ['x'] AS x
      CALL test.my.proc(x) YIELD out
      RETURN out
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

  Scenario: [11] LOAD CSV with headers
    Given an empty graph
    And there exists a CSV file with URL as $param, with rows:
      | name     | number |
      | a, "b"   | 1      |
      |          | 2      |
    When executing query:
      """
      LOAD CSV WITH HEADERS FROM $param AS row
      RETURN row.name AS name, toInteger(row.number) + 1 AS n, row
      """
    Then the result should be, in order:
      | name     | n | row                            |
      | 'a, "b"' | 2 | {name: 'a, "b"', number: '1'} |
      | null     | 3 | {name: null, number: '2'}      |
    And no side effects

  Scenario: [12] LOAD CSV without headers, and writing from it
    Given an empty graph
    And there exists a CSV file with URL as $param, with rows:
      | a | 1 |
      | b | 2 |
    When executing query:
      """
      LOAD CSV FROM $param AS row
      CREATE (n:Row {name: row[0], n: toInteger(row[1])})
      RETURN n.name AS name, n.n AS n
      """
    Then the result should be, in order:
      | name | n |
      | 'a'  | 1 |
      | 'b'  | 2 |
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 4 |

  Scenario: [13] Fail when the file is not there
    Given an empty graph
    When executing query:
      """
      LOAD CSV FROM 'file:///not/there.csv' AS row
      RETURN row
      """
    Then a FileError should be raised at runtime: CannotRead
