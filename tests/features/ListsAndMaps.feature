Feature: Comprehensions, reduce, map projections and regular expressions

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:P {n: 'a', age: 30}), (b:P {n: 'b', age: 40}), (c:P {n: 'c', age: 50}),
             (d:Dog {n: 'd'}), (e:Dog {n: 'e'}),
             (a)-[:HAS]->(d), (a)-[:HAS]->(e), (b)-[:HAS]->(e), (a)-[:KNOWS]->(b), (b)-[:KNOWS]->(c)
      """

  Scenario: [1] reduce folds a list
    When executing query:
      """
      RETURN reduce(sum = 0, x IN [1, 2, 3] | sum + x) AS sum
      """
    Then the result should be, in any order:
      | sum |
      | 6   |
    And no side effects

  Scenario: [2] reduce of an empty list is where it began
    When executing query:
      """
      RETURN reduce(sum = 7, x IN [] | sum + x) AS sum
      """
    Then the result should be, in any order:
      | sum |
      | 7   |
    And no side effects

  Scenario: [3] reduce of null
    When executing query:
      """
      RETURN reduce(sum = 7, x IN null | sum + x) AS sum
      """
    Then the result should be, in any order:
      | sum  |
      | null |
    And no side effects

  Scenario: [4] reduce keeps order
    When executing query:
      """
      RETURN reduce(s = '', x IN ['a', 'b', 'c'] | x + s) AS s
      """
    Then the result should be, in any order:
      | s     |
      | 'cba' |
    And no side effects

  Scenario: [5] reduce in reduce
    When executing query:
      """
      RETURN reduce(a = 0, l IN [[1, 2], [3]] | a + reduce(b = 0, x IN l | b + x)) AS n
      """
    Then the result should be, in any order:
      | n |
      | 6 |
    And no side effects

  Scenario: [6] reduce over the relationships of a path
    When executing query:
      """
      MATCH path = (:P {n: 'a'})-[:KNOWS]->+(:P {n: 'c'})
      RETURN reduce(n = 0, x IN nodes(path) | n + x.age) AS ages
      """
    Then the result should be, in any order:
      | ages |
      | 120  |
    And no side effects

  Scenario: [7] A list comprehension filters and maps
    When executing query:
      """
      RETURN [x IN range(1, 6) WHERE x % 2 = 0 | x * 10] AS xs
      """
    Then the result should be, in any order:
      | xs           |
      | [20, 40, 60] |
    And no side effects

  Scenario: [8] A list comprehension that only filters
    When executing query:
      """
      RETURN [x IN [1, null, 3] WHERE x > 1] AS xs
      """
    Then the result should be, in any order:
      | xs  |
      | [3] |
    And no side effects

  Scenario: [9] A list comprehension that only maps
    When executing query:
      """
      RETURN [x IN ['a', 'b'] | toUpper(x)] AS xs
      """
    Then the result should be, in any order:
      | xs         |
      | ['A', 'B'] |
    And no side effects

  Scenario: [10] A comprehension in a comprehension
    When executing query:
      """
      RETURN [x IN [1, 2] | [y IN [x, 10] | x + y]] AS xs
      """
    Then the result should be, in any order:
      | xs                 |
      | [[2, 11], [4, 12]] |
    And no side effects

  Scenario: [11] A pattern comprehension
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      RETURN [(p)-[:HAS]->(d) | d.n] AS dogs
      """
    Then the result should be (ignoring element order for lists):
      | dogs       |
      | ['d', 'e'] |
    And no side effects

  Scenario: [12] A pattern comprehension with WHERE
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      RETURN [(p)-[:HAS]->(d) WHERE d.n > 'd' | d.n] AS dogs
      """
    Then the result should be, in any order:
      | dogs  |
      | ['e'] |
    And no side effects

  Scenario: [13] A pattern comprehension with a path
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      RETURN [path = (p)-[:KNOWS*]->(q) | length(path)] AS n
      """
    Then the result should be (ignoring element order for lists):
      | n      |
      | [1, 2] |
    And no side effects

  Scenario: [14] A map projection of properties
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      RETURN p {.n, .age} AS m
      """
    Then the result should be, in any order:
      | m                 |
      | {n: 'a', age: 30} |
    And no side effects

  Scenario: [15] A map projection of all properties and more
    When executing query:
      """
      MATCH (p:P {n: 'a'})
      RETURN p {.*, old: p.age > 35} AS m
      """
    Then the result should be, in any order:
      | m                             |
      | {n: 'a', age: 30, old: false} |
    And no side effects

  Scenario: [16] A map projection of a variable
    When executing query:
      """
      MATCH (p:P {n: 'a'})-[:KNOWS]->(q)
      WITH p, q.n AS friend
      RETURN p {.n, friend} AS m
      """
    Then the result should be, in any order:
      | m                     |
      | {n: 'a', friend: 'b'} |
    And no side effects

  Scenario: [17] A map projection of a map
    When executing query:
      """
      WITH {a: 1, b: 2} AS x
      RETURN x {.a, c: 3} AS m
      """
    Then the result should be, in any order:
      | m            |
      | {a: 1, c: 3} |
    And no side effects

  Scenario: [18] A map projection of what is not there
    When executing query:
      """
      MATCH (d:Dog {n: 'd'})
      RETURN d {.n, .age} AS m
      """
    Then the result should be, in any order:
      | m                   |
      | {n: 'd', age: null} |
    And no side effects

  Scenario: [19] A map projection of null
    When executing query:
      """
      OPTIONAL MATCH (x:Cat)
      RETURN x {.n} AS m
      """
    Then the result should be, in any order:
      | m    |
      | null |
    And no side effects

  Scenario: [20] A map projection around a comprehension
    When executing query:
      """
      MATCH (p:P {n: 'b'})
      RETURN p {.n, dogs: [(p)-[:HAS]->(d) | d.n]} AS m
      """
    Then the result should be, in any order:
      | m                     |
      | {n: 'b', dogs: ['e']} |
    And no side effects

  Scenario: [21] A regular expression matches the whole text
    When executing query:
      """
      RETURN 'Sahel' =~ 'S.*l' AS yes, 'Sahel' =~ 'ahe' AS no
      """
    Then the result should be, in any order:
      | yes  | no    |
      | true | false |
    And no side effects

  Scenario: [22] A regular expression that ignores case
    When executing query:
      """
      RETURN 'JNIM' =~ '(?i)jnim' AS yes
      """
    Then the result should be, in any order:
      | yes  |
      | true |
    And no side effects

  Scenario: [23] A regular expression of alternatives
    When executing query:
      """
      RETURN [x IN ['ISGS', 'ISWAP', 'AQIM'] WHERE x =~ 'IS(GS|WAP)'] AS xs
      """
    Then the result should be, in any order:
      | xs                |
      | ['ISGS', 'ISWAP'] |
    And no side effects

  Scenario: [24] A regular expression with null
    When executing query:
      """
      RETURN null =~ 'a' AS a, 'a' =~ null AS b
      """
    Then the result should be, in any order:
      | a    | b    |
      | null | null |
    And no side effects

  Scenario: [25] A regular expression in WHERE
    When executing query:
      """
      MATCH (p:P) WHERE p.n =~ '[ab]'
      RETURN p.n AS p
      """
    Then the result should be, in any order:
      | p   |
      | 'a' |
      | 'b' |
    And no side effects
