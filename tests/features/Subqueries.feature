Feature: EXISTS, COUNT and COLLECT

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {n: 'a', age: 30}), (b:P {n: 'b', age: 40}), (c:P {n: 'c', age: 50}),
             (d:Dog {n: 'd'}), (e:Dog {n: 'e'}),
             (a)-[:HAS]->(d), (a)-[:HAS]->(e), (b)-[:HAS]->(e), (a)-[:KNOWS]->(b), (b)-[:KNOWS]->(c)
      """

  Scenario: [1] EXISTS of a pattern
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { (p)-[:HAS]->(:Dog) }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
      | 'b' |
    And no side effects

  Scenario: [2] NOT EXISTS
    When executing query:
      """
      MATCH (p:P) WHERE NOT EXISTS { (p)-[:HAS]->() }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'c' |
    And no side effects

  Scenario: [3] EXISTS with WHERE and a variable of its own
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { (p)-[:KNOWS]->(q) WHERE q.age > p.age + 5 AND q.n <> 'c' }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
    And no side effects

  Scenario: [4] EXISTS of a query
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { MATCH (p)-[:HAS]->(d) WHERE d.n = 'e' RETURN d }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
      | 'b' |
    And no side effects

  Scenario: [5] EXISTS of a query without RETURN
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { MATCH (p)-[:KNOWS]->(q) MATCH (q)-[:HAS]->(d) }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
    And no side effects

  Scenario: [6] EXISTS of a query that groups
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { MATCH (p)-[:HAS]->(d) WITH count(d) AS c WHERE c > 1 RETURN c }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
    And no side effects

  Scenario: [7] EXISTS in EXISTS
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { (p)-[:KNOWS]->(q) WHERE EXISTS { (q)-[:HAS]->(d) WHERE d.n = 'e' } }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
    And no side effects

  Scenario: [8] The innermost sees the outermost
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { (p)-[:KNOWS]->(q) WHERE EXISTS { (q)-[:HAS]->(d)<-[:HAS]-(p) } }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
    And no side effects

  Scenario: [9] EXISTS with UNION
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { MATCH (p)-[:KNOWS]->(x {n: 'c'}) RETURN x UNION MATCH (p)-[:HAS]->(x {n: 'd'}) RETURN x }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
      | 'b' |
    And no side effects

  Scenario: [10] EXISTS as a value
    When executing query:
      """
      MATCH (p:P)
      RETURN p.n AS p, EXISTS { (p)-[:HAS]->() } AS has ORDER BY p
      """
    Then the result should be, in order:
      | p   | has   |
      | 'a' | true  |
      | 'b' | true  |
      | 'c' | false |
    And no side effects

  Scenario: [11] EXISTS in CASE
    When executing query:
      """
      MATCH (p:P)
      RETURN p.n AS p, CASE WHEN EXISTS { (p)-[:HAS]->() } THEN 'owner' ELSE 'none' END AS what ORDER BY p
      """
    Then the result should be, in order:
      | p   | what    |
      | 'a' | 'owner' |
      | 'b' | 'owner' |
      | 'c' | 'none'  |
    And no side effects

  Scenario: [12] EXISTS over several patterns
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { (p)-[:HAS]->(d), (q:P)-[:HAS]->(d) WHERE q.age > p.age }
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
    And no side effects

  Scenario: [13] COUNT of a pattern
    When executing query:
      """
      MATCH (p:P)
      RETURN p.n AS p, COUNT { (p)-[:HAS]->() } AS n ORDER BY p
      """
    Then the result should be, in order:
      | p   | n |
      | 'a' | 2 |
      | 'b' | 1 |
      | 'c' | 0 |
    And no side effects

  Scenario: [14] COUNT in WHERE
    When executing query:
      """
      MATCH (p:P) WHERE COUNT { (p)--() } = 3
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
      | 'b' |
    And no side effects

  Scenario: [15] COUNT of a query with DISTINCT
    When executing query:
      """
      RETURN COUNT { MATCH (:P)-[:HAS]->(d) RETURN DISTINCT d } AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [16] COUNT with UNION ALL
    When executing query:
      """
      RETURN COUNT { MATCH (p:P) RETURN p AS x UNION ALL MATCH (d:Dog) RETURN d AS x } AS n
      """
    Then the result should be, in any order:
      | n |
      | 5 |
    And no side effects

  Scenario: [17] COUNT with UNION joins equal rows
    When executing query:
      """
      RETURN COUNT { MATCH (p:P) RETURN 1 AS x UNION MATCH (d:Dog) RETURN 1 AS x } AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And no side effects

  Scenario: [18] COUNT in ORDER BY
    When executing query:
      """
      MATCH (p:P)
      RETURN p.n AS n ORDER BY COUNT { (p)-[:HAS]->() }, n
      """
    Then the result should be, in order:
      | n   |
      | 'c' |
      | 'b' |
      | 'a' |
    And no side effects

  Scenario: [19] COLLECT of a query
    When executing query:
      """
      MATCH (p:P)
      RETURN p.n AS p, COLLECT { MATCH (p)-[:HAS]->(d) RETURN d.n ORDER BY d.n } AS dogs ORDER BY p
      """
    Then the result should be, in order:
      | p   | dogs       |
      | 'a' | ['d', 'e'] |
      | 'b' | ['e']      |
      | 'c' | []         |
    And no side effects

  Scenario: [20] COLLECT with LIMIT
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      RETURN COLLECT { MATCH (p)-[:HAS]->(d) RETURN d.n ORDER BY d.n DESC LIMIT 1 } AS dogs
      """
    Then the result should be, in any order:
      | dogs  |
      | ['e'] |
    And no side effects

  Scenario: [21] COLLECT keeps nulls
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      RETURN COLLECT { MATCH (p)-->(x) RETURN x.age ORDER BY x.age } AS ages
      """
    Then the result should be, in any order:
      | ages             |
      | [40, null, null] |
    And no side effects

  Scenario: [22] COLLECT with UNION
    When executing query:
      """
      RETURN size(COLLECT { MATCH (p:P) RETURN p.n AS x UNION MATCH (d:Dog) RETURN d.n AS x }) AS n
      """
    Then the result should be, in any order:
      | n |
      | 5 |
    And no side effects

  Scenario: [23] COLLECT in COLLECT
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      RETURN COLLECT { MATCH (p)-[:KNOWS]->(q) RETURN COLLECT { MATCH (q)-[:HAS]->(d) RETURN d.n } } AS x
      """
    Then the result should be, in any order:
      | x       |
      | [['e']] |
    And no side effects

  Scenario: [24] A subquery sees a variable of a list comprehension
    When executing query:
      """
      RETURN [x IN ['a', 'b', 'c'] | COUNT { MATCH (:P {n: x})-[:HAS]->() }] AS n
      """
    Then the result should be, in any order:
      | n         |
      | [2, 1, 0] |
    And no side effects

  Scenario: [25] A subquery sees a variable of UNWIND
    When executing query:
      """
      UNWIND [35, 45] AS years
      RETURN years, COUNT { (p:P) WHERE p.age > years } AS n
      """
    Then the result should be, in any order:
      | years | n |
      | 35    | 2 |
      | 45    | 1 |
    And no side effects

  Scenario: [26] A subquery after WITH
    When executing query:
      """
      MATCH (p:P)-[:HAS]->(d)
      WITH p, count(d) AS dogs
      WHERE EXISTS { (p)-[:KNOWS]->() }
      RETURN p.n AS p, dogs
      """
    Then the result should be, in any order:
      | p   | dogs |
      | 'a' | 2    |
      | 'b' | 1    |
    And no side effects

  Scenario: [27] A variable that WITH leaves behind is still seen inside
    When executing query:
      """
      MATCH (p:P)
      RETURN p.n AS p, COLLECT { MATCH (p)-[:KNOWS]->(q) WITH q.n AS n RETURN n + p.n } AS x ORDER BY p
      """
    Then the result should be, in order:
      | p   | x      |
      | 'a' | ['ba'] |
      | 'b' | ['cb'] |
      | 'c' | []     |
    And no side effects

  Scenario: [28] An aggregate of subqueries
    When executing query:
      """
      MATCH (p:P)
      RETURN sum(COUNT { (p)-[:HAS]->() }) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [29] COLLECT of two columns
    When executing query:
      """
      MATCH (p:P)
      RETURN COLLECT { MATCH (p)-->(x) RETURN x, p.n } AS x
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario: [30] A variable of a subquery stays inside
    When executing query:
      """
      MATCH (p:P) WHERE EXISTS { (p)-[:HAS]->(d) }
      RETURN d
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable
