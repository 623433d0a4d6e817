Feature: Aggregates

  Scenario: [1] percentileDisc takes a value that is there
    Given an empty graph
    When executing query:
      """
      UNWIND [10, 20, 30, 40] AS x
      RETURN percentileDisc(x, 0.5) AS p
      """
    Then the result should be, in any order:
      | p  |
      | 20 |
    And no side effects

  Scenario: [2] percentileDisc at both ends
    Given an empty graph
    When executing query:
      """
      UNWIND [10, 20, 30] AS x
      RETURN percentileDisc(x, 0.0) AS least, percentileDisc(x, 1.0) AS most
      """
    Then the result should be, in any order:
      | least | most |
      | 10    | 30   |
    And no side effects

  Scenario: [3] percentileCont interpolates
    Given an empty graph
    When executing query:
      """
      UNWIND [10, 20, 30, 40] AS x
      RETURN percentileCont(x, 0.5) AS p
      """
    Then the result should be, in any order:
      | p    |
      | 25.0 |
    And no side effects

  Scenario: [4] percentileCont of a quarter
    Given an empty graph
    When executing query:
      """
      UNWIND [10, 20, 30] AS x
      RETURN percentileCont(x, 0.25) AS p
      """
    Then the result should be, in any order:
      | p    |
      | 15.0 |
    And no side effects

  Scenario: [5] percentiles with DISTINCT
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 1, 1, 5] AS x
      RETURN percentileCont(DISTINCT x, 0.5) AS c, percentileDisc(DISTINCT x, 0.9) AS d
      """
    Then the result should be, in any order:
      | c   | d |
      | 3.0 | 5 |
    And no side effects

  Scenario: [6] percentiles pass over null
    Given an empty graph
    When executing query:
      """
      UNWIND [null, 4, 8] AS x
      RETURN percentileCont(x, 0.5) AS p
      """
    Then the result should be, in any order:
      | p   |
      | 6.0 |
    And no side effects

  Scenario: [7] percentiles of nothing
    Given an empty graph
    When executing query:
      """
      UNWIND [] AS x
      RETURN percentileCont(x, 0.5) AS c, percentileDisc(x, 0.5) AS d
      """
    Then the result should be, in any order:
      | c    | d    |
      | null | null |
    And no side effects

  Scenario: [8] stDev of a sample
    Given an empty graph
    When executing query:
      """
      UNWIND [2, 4, 6] AS x
      RETURN stDev(x) AS s
      """
    Then the result should be, in any order:
      | s   |
      | 2.0 |
    And no side effects

  Scenario: [9] stDevP of a population
    Given an empty graph
    When executing query:
      """
      UNWIND [2, 2, 6, 6] AS x
      RETURN stDevP(x) AS s
      """
    Then the result should be, in any order:
      | s   |
      | 2.0 |
    And no side effects

  Scenario: [10] stDev of one value
    Given an empty graph
    When executing query:
      """
      UNWIND [5] AS x
      RETURN stDev(x) AS s, stDevP(x) AS p
      """
    Then the result should be, in any order:
      | s   | p   |
      | 0.0 | 0.0 |
    And no side effects

  Scenario: [11] stDev of nothing
    Given an empty graph
    When executing query:
      """
      UNWIND [] AS x
      RETURN stDev(x) AS s, stDevP(x) AS p
      """
    Then the result should be, in any order:
      | s   | p   |
      | 0.0 | 0.0 |
    And no side effects

  Scenario: [12] stDevP with DISTINCT
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 1, 1, 3] AS x
      RETURN stDevP(DISTINCT x) AS s
      """
    Then the result should be, in any order:
      | s   |
      | 1.0 |
    And no side effects

  Scenario: [13] count with DISTINCT
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 2, null] AS x
      RETURN count(*) AS rows, count(x) AS all, count(DISTINCT x) AS different
      """
    Then the result should be, in any order:
      | rows | all | different |
      | 4    | 3   | 2         |
    And no side effects

  Scenario: [14] sum with DISTINCT
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 2] AS x
      RETURN sum(x) AS all, sum(DISTINCT x) AS different
      """
    Then the result should be, in any order:
      | all | different |
      | 5   | 3         |
    And no side effects

  Scenario: [15] avg with DISTINCT
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 1, 1, 5] AS x
      RETURN avg(x) AS all, avg(DISTINCT x) AS different
      """
    Then the result should be, in any order:
      | all | different |
      | 2.0 | 3.0       |
    And no side effects

  Scenario: [16] min and max with DISTINCT
    Given an empty graph
    When executing query:
      """
      UNWIND [3, 1, 3, 2] AS x
      RETURN min(DISTINCT x) AS least, max(DISTINCT x) AS most
      """
    Then the result should be, in any order:
      | least | most |
      | 1     | 3    |
    And no side effects

  Scenario: [17] collect with DISTINCT
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 1, null] AS x
      RETURN collect(DISTINCT x) AS xs
      """
    Then the result should be (ignoring element order for lists):
      | xs     |
      | [1, 2] |
    And no side effects

  Scenario: [18] collect with DISTINCT of lists
    Given an empty graph
    When executing query:
      """
      UNWIND [[1], [1], [2]] AS x
      RETURN size(collect(DISTINCT x)) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [19] Aggregates by group
    Given an empty graph
    When executing query:
      """
      UNWIND [['a', 1], ['a', 3], ['b', 5]] AS row
      WITH row[0] AS k, row[1] AS v
      RETURN k, avg(v) AS mean, percentileDisc(v, 1.0) AS most
      """
    Then the result should be, in any order:
      | k   | mean | most |
      | 'a' | 2.0  | 3    |
      | 'b' | 5.0  | 5    |
    And no side effects

  Scenario: [20] A percentile that is none
    Given an empty graph
    When executing query:
      """
      UNWIND [1] AS x
      RETURN percentileCont(x, 2) AS p
      """
    Then an ArgumentError should be raised at runtime: NumberOutOfRange

  Scenario: [21] A percentile needs two arguments
    Given an empty graph
    When executing query:
      """
      UNWIND [1] AS x
      RETURN percentileCont(x) AS p
      """
    Then a SyntaxError should be raised at compile time: InvalidNumberOfArguments
