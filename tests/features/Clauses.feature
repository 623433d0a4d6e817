Feature: OFFSET, LET, FILTER and FOR

  Scenario: [1] OFFSET skips
    Given an empty graph
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      RETURN x ORDER BY x OFFSET 1
      """
    Then the result should be, in order:
      | x |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [2] OFFSET and LIMIT
    Given an empty graph
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      RETURN x ORDER BY x OFFSET 1 LIMIT 1
      """
    Then the result should be, in order:
      | x |
      | 2 |
    And no side effects

  Scenario: [3] OFFSET beyond the end
    Given an empty graph
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      RETURN x OFFSET 5
      """
    Then the result should be, in any order:
      | x |
    And no side effects

  Scenario: [4] OFFSET in WITH
    Given an empty graph
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      WITH x ORDER BY x DESC OFFSET 1
      RETURN sum(x) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [5] OFFSET of a parameter
    Given an empty graph
    And parameters are:
      | k | 2 |
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      RETURN x ORDER BY x OFFSET $k
      """
    Then the result should be, in any order:
      | x |
      | 3 |
    And no side effects

  Scenario: [6] ORDER BY and LIMIT as clauses of their own
    Given an empty graph
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      ORDER BY x LIMIT 2
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [7] LIMIT as a clause of its own
    Given an empty graph
    When executing query:
      """
      UNWIND [7, 7, 7] AS x
      LIMIT 2
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 7 |
      | 7 |
    And no side effects

  Scenario: [8] LET adds a column
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2] AS x
      LET y = x * 2
      RETURN x, y
      """
    Then the result should be, in any order:
      | x | y |
      | 1 | 2 |
      | 2 | 4 |
    And no side effects

  Scenario: [9] LET of several
    Given an empty graph
    When executing query:
      """
      UNWIND [2] AS x
      LET y = x * 2, z = x + 10
      RETURN x, y, z
      """
    Then the result should be, in any order:
      | x | y | z  |
      | 2 | 4 | 12 |
    And no side effects

  Scenario: [10] LET behind LET
    Given an empty graph
    When executing query:
      """
      LET a = 1
      LET b = a + 1
      RETURN a, b
      """
    Then the result should be, in any order:
      | a | b |
      | 1 | 2 |
    And no side effects

  Scenario: [11] FILTER keeps what is true
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, null, 3] AS x
      FILTER x > 1
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [12] FILTER WHERE says the same
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 3] AS x
      FILTER WHERE x <> 2
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 3 |
    And no side effects

  Scenario: [13] LET and FILTER in turn
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 3] AS x
      LET y = x * x
      FILTER y > 3
      LET z = y - x
      RETURN z
      """
    Then the result should be, in any order:
      | z |
      | 2 |
      | 6 |
    And no side effects

  Scenario: [14] FOR goes through a list
    Given an empty graph
    When executing query:
      """
      FOR x IN [1, 2]
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [15] FOR in FOR
    Given an empty graph
    When executing query:
      """
      FOR x IN [1, 2]
      FOR y IN [x, x * 10]
      RETURN y
      """
    Then the result should be, in any order:
      | y  |
      | 1  |
      | 10 |
      | 2  |
      | 20 |
    And no side effects

  Scenario: [16] FOR over nothing
    Given an empty graph
    When executing query:
      """
      FOR x IN []
      RETURN x
      """
    Then the result should be, in any order:
      | x |
    And no side effects

  Scenario: [17] LET of a name that is not there
    Given an empty graph
    When executing query:
      """
      LET a = b
      RETURN a
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [18] A negative OFFSET
    Given an empty graph
    When executing query:
      """
      UNWIND [1] AS x
      RETURN x OFFSET -1
      """
    Then a SyntaxError should be raised at compile time: NegativeIntegerArgument
