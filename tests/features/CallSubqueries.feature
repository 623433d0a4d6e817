Feature: CALL with a subquery

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {n: 'a', age: 30}), (b:P {n: 'b', age: 40}), (c:P {n: 'c', age: 50}),
             (d:Dog {n: 'd'}), (e:Dog {n: 'e'}),
             (a)-[:HAS]->(d), (a)-[:HAS]->(e), (b)-[:HAS]->(e), (a)-[:KNOWS]->(b), (b)-[:KNOWS]->(c)
      """

  Scenario: [1] An import list
    When executing query:
      """
      MATCH (p:P)
      CALL (p) { MATCH (p)-[:HAS]->(d) RETURN count(d) AS dogs }
      RETURN p.n AS p, dogs
      """
    Then the result should be, in any order:
      | p   | dogs |
      | 'a' | 2    |
      | 'b' | 1    |
      | 'c' | 0    |
    And no side effects

  Scenario: [2] Rows without an answer are lost
    When executing query:
      """
      MATCH (p:P)
      CALL (p) { MATCH (p)-[:HAS]->(d) RETURN d.n AS d }
      RETURN p.n AS p, d
      """
    Then the result should be, in any order:
      | p   | d   |
      | 'a' | 'd' |
      | 'a' | 'e' |
      | 'b' | 'e' |
    And no side effects

  Scenario: [3] OPTIONAL CALL keeps them
    When executing query:
      """
      MATCH (p:P)
      OPTIONAL CALL (p) { MATCH (p)-[:HAS]->(d) RETURN d.n AS d }
      RETURN p.n AS p, d
      """
    Then the result should be, in any order:
      | p   | d    |
      | 'a' | 'd'  |
      | 'a' | 'e'  |
      | 'b' | 'e'  |
      | 'c' | null |
    And no side effects

  Scenario: [4] All variables by a star
    When executing query:
      """
      MATCH (p:P)-[:KNOWS]->(q)
      CALL (*) { RETURN q.age - p.age AS years }
      RETURN p.n AS p, years
      """
    Then the result should be, in any order:
      | p   | years |
      | 'a' | 10    |
      | 'b' | 10    |
    And no side effects

  Scenario: [5] An empty import list sees nothing
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      CALL () { MATCH (p:Dog) RETURN count(p) AS dogs }
      RETURN p.n AS p, dogs
      """
    Then the result should be, in any order:
      | p   | dogs |
      | 'a' | 2    |
    And no side effects

  Scenario: [6] Without a list a leading WITH imports
    When executing query:
      """
      MATCH (p:P)
      CALL { WITH p MATCH (p)-[:HAS]->(d) RETURN count(d) AS dogs }
      RETURN p.n AS p, dogs
      """
    Then the result should be, in any order:
      | p   | dogs |
      | 'a' | 2    |
      | 'b' | 1    |
      | 'c' | 0    |
    And no side effects

  Scenario: [7] Without a list and WITH nothing is seen
    When executing query:
      """
      MATCH (p:P {n: 'c'})
      CALL { MATCH (p:Dog) RETURN count(p) AS dogs }
      RETURN p.n AS p, dogs
      """
    Then the result should be, in any order:
      | p   | dogs |
      | 'c' | 2    |
    And no side effects

  Scenario: [8] LIMIT holds for each row
    When executing query:
      """
      MATCH (p:P)
      CALL (p) { MATCH (p)-[:HAS]->(d) RETURN d.n AS d ORDER BY d DESC LIMIT 1 }
      RETURN p.n AS p, d
      """
    Then the result should be, in any order:
      | p   | d   |
      | 'a' | 'e' |
      | 'b' | 'e' |
    And no side effects

  Scenario: [9] UNION inside
    When executing query:
      """
      MATCH (p:P {n: 'b'})
      CALL (p) { MATCH (p)-[:HAS]->(x) RETURN x.n AS x UNION MATCH (p)-[:KNOWS]->(x) RETURN x.n AS x }
      RETURN x
      """
    Then the result should be, in any order:
      | x   |
      | 'e' |
      | 'c' |
    And no side effects

  Scenario: [10] A subquery in a subquery
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      CALL (p) { MATCH (p)-[:KNOWS]->(q) CALL (q) { MATCH (q)-[:HAS]->(d) RETURN d.n AS dog } RETURN q.n AS q, dog }
      RETURN q, dog
      """
    Then the result should be, in any order:
      | q   | dog |
      | 'b' | 'e' |
    And no side effects

  Scenario: [11] An imported variable is seen behind WITH
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      CALL (p) { MATCH (p)-[:HAS]->(d) WITH count(d) AS c RETURN c + p.age AS sum }
      RETURN sum
      """
    Then the result should be, in any order:
      | sum |
      | 32  |
    And no side effects

  Scenario: [12] A subquery before any other clause
    When executing query:
      """
      CALL () { RETURN 1 AS x UNION RETURN 2 AS x }
      RETURN sum(x) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [13] Rows of UNWIND
    When executing query:
      """
      UNWIND [1, 2, 3] AS x
      CALL (x) { RETURN x * x AS y }
      RETURN collect(y) AS ys
      """
    Then the result should be, in any order:
      | ys        |
      | [1, 4, 9] |
    And no side effects

  Scenario: [14] Two subqueries, one behind the other
    When executing query:
      """
      UNWIND [1, 2] AS x
      CALL (x) { RETURN x + 1 AS y }
      CALL (x, y) { RETURN x * y AS z }
      RETURN x, y, z
      """
    Then the result should be, in any order:
      | x | y | z |
      | 1 | 2 | 2 |
      | 2 | 3 | 6 |
    And no side effects

  Scenario: [15] Statistics of a row's own group
    When executing query:
      """
      UNWIND [[1, 2, 3], []] AS list
      CALL (list) { UNWIND list AS x RETURN max(x) AS most, count(x) AS n }
      RETURN most, n
      """
    Then the result should be, in any order:
      | most | n |
      | 3    | 3 |
      | null | 0 |
    And no side effects

  Scenario: [16] A returned name that is taken
    When executing query:
      """
      MATCH (p:P)
      CALL (p) { MATCH (p)-[:HAS]->(d) RETURN d AS p }
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [17] An import that is not there
    When executing query:
      """
      MATCH (p:P)
      CALL (q) { RETURN 1 AS one }
      RETURN one
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [18] What was not imported is not seen
    When executing query:
      """
      MATCH (p:P)
      CALL () { RETURN p.n AS n }
      RETURN n
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable
