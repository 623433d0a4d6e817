Feature: Path modes and match modes

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 'a'}), (b {n: 'b'}), (c {n: 'c'}),
             (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(c), (c)-[:R {w: 3}]->(a), (b)-[:R {w: 4}]->(b)
      """

  Scenario: [1] Paths are trails where nothing is written
    When executing query:
      """
      MATCH p = (:A)-->+(x)
      RETURN x.n AS x, length(p) AS n
      """
    Then the result should be, in any order:
      | x   | n |
      | 'b' | 1 |
      | 'b' | 2 |
      | 'c' | 2 |
      | 'c' | 3 |
      | 'a' | 3 |
      | 'a' | 4 |
    And no side effects

  Scenario: [2] TRAIL says so
    When executing query:
      """
      MATCH p = TRAIL (:A)-->+(:A)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [3] ACYCLIC takes no node twice
    When executing query:
      """
      MATCH p = ACYCLIC (:A)-->+(x)
      RETURN x.n AS x, length(p) AS n
      """
    Then the result should be, in any order:
      | x   | n |
      | 'b' | 1 |
      | 'c' | 2 |
    And no side effects

  Scenario: [4] ACYCLIC has the path without steps
    When executing query:
      """
      MATCH p = ACYCLIC (:A)-->*(x)
      RETURN x.n AS x, length(p) AS n
      """
    Then the result should be, in any order:
      | x   | n |
      | 'a' | 0 |
      | 'b' | 1 |
      | 'c' | 2 |
    And no side effects

  Scenario: [5] ACYCLIC knows no loop
    When executing query:
      """
      MATCH p = ACYCLIC (x)-->(x)
      RETURN p
      """
    Then the result should be, in any order:
      | p |
    And no side effects

  Scenario: [6] ACYCLIC holds for a path of single relationships
    When executing query:
      """
      MATCH p = ACYCLIC (x)--(y)--(z)
      RETURN count(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 6 |
    And no side effects

  Scenario: [7] Without it the loop and the way back count
    When executing query:
      """
      MATCH p = (x)--(y)--(z)
      RETURN count(p) AS n
      """
    Then the result should be, in any order:
      | n  |
      | 10 |
    And no side effects

  Scenario: [8] SIMPLE lets the first node be the last
    When executing query:
      """
      MATCH p = SIMPLE (:A)-->+(x)
      RETURN x.n AS x, length(p) AS n
      """
    Then the result should be, in any order:
      | x   | n |
      | 'b' | 1 |
      | 'c' | 2 |
      | 'a' | 3 |
    And no side effects

  Scenario: [9] SIMPLE takes a loop
    When executing query:
      """
      MATCH p = SIMPLE (x)-->+(x)
      WHERE length(p) = 1
      RETURN x.n AS x
      """
    Then the result should be, in any order:
      | x   |
      | 'b' |
    And no side effects

  Scenario: [10] SIMPLE does not go on behind its first node
    When executing query:
      """
      MATCH p = SIMPLE (:A)-->{4}(x)
      RETURN p
      """
    Then the result should be, in any order:
      | p |
    And no side effects

  Scenario: [11] WALK under DIFFERENT RELATIONSHIPS is a trail
    When executing query:
      """
      MATCH p = WALK (:A)-->{4,5}(x)
      RETURN x.n AS x, length(p) AS n
      """
    Then the result should be, in any order:
      | x   | n |
      | 'a' | 4 |
    And no side effects

  Scenario: [12] DIFFERENT RELATIONSHIPS may be written
    When executing query:
      """
      MATCH DIFFERENT RELATIONSHIPS p = (:A)-->{4,5}(x)
      RETURN x.n AS x, length(p) AS n
      """
    Then the result should be, in any order:
      | x   | n |
      | 'a' | 4 |
    And no side effects

  Scenario: [13] REPEATABLE ELEMENTS lets relationships repeat
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = (:A)-->{4}(x)
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p                         |
      | ['a', 'b', 'c', 'a', 'b'] |
      | ['a', 'b', 'b', 'c', 'a'] |
      | ['a', 'b', 'b', 'b', 'c'] |
      | ['a', 'b', 'b', 'b', 'b'] |
    And no side effects

  Scenario: [14] REPEATABLE ELEMENTS lets a relationship serve two patterns
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS (:A)-[r]->(x), (:A)-[s]->(y)
      RETURN r = s AS same
      """
    Then the result should be, in any order:
      | same |
      | true |
    And no side effects

  Scenario: [15] DIFFERENT RELATIONSHIPS does not
    When executing query:
      """
      MATCH (:A)-[r]->(x), (:A)-[s]->(y)
      RETURN r = s AS same
      """
    Then the result should be, in any order:
      | same |
    And no side effects

  Scenario: [16] REPEATABLE ELEMENTS lets one variable stand twice
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS (x:A)-[r]->(y), (z)-[r]->(y)
      RETURN x = z AS same
      """
    Then the result should be, in any order:
      | same |
      | true |
    And no side effects

  Scenario: [17] REPEATABLE ELEMENTS with back and forth
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS (:A)-[r {w: 1}]-(x)-[s]-(y:A)
      WHERE r = s
      RETURN x.n AS x
      """
    Then the result should be, in any order:
      | x   |
      | 'b' |
    And no side effects

  Scenario: [18] A selector takes the shortest of endless walks
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = SHORTEST 4 (:A)-->+(:A)
      RETURN length(p) AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 3 |
      | 4 |
      | 5 |
      | 6 |
    And no side effects

  Scenario: [19] Groups of endless walks
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = SHORTEST 2 GROUPS (:A)-->+(x {n: 'b'})
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
    And no side effects

  Scenario: [20] A walk of a length that only repetition has
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = ANY SHORTEST (:A)-->{7}(:A)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 7 |
    And no side effects

  Scenario: [21] A mode with a selector
    When executing query:
      """
      MATCH p = ALL SHORTEST ACYCLIC (:A)-->{2,}(x)
      RETURN x.n AS x, length(p) AS n
      """
    Then the result should be, in any order:
      | x   | n |
      | 'c' | 2 |
    And no side effects

  Scenario: [22] A stricter mode under REPEATABLE ELEMENTS
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = TRAIL (:A)-->+(:A)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [23] ACYCLIC speaks of one path, not of two
    When executing query:
      """
      MATCH ACYCLIC (:A)-->(x), ACYCLIC (x)-->(y {n: 'c'})
      RETURN x.n AS x, y.n AS y
      """
    Then the result should be, in any order:
      | x   | y   |
      | 'b' | 'c' |
    And no side effects

  Scenario: [24] ACYCLIC with groups
    When executing query:
      """
      MATCH p = ACYCLIC (:A) ((x)-->(y))+ (z)
      RETURN [n IN y | n.n] AS y
      """
    Then the result should be, in any order:
      | y          |
      | ['b']      |
      | ['b', 'c'] |
    And no side effects

  Scenario: [25] A mode in OPTIONAL MATCH
    When executing query:
      """
      MATCH (x {n: 'c'})
      OPTIONAL MATCH p = ACYCLIC (x)-->{3}(y)
      RETURN p
      """
    Then the result should be, in any order:
      | p    |
      | null |
    And no side effects

  Scenario: [26] Endless walks without a selector
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = (:A)-->+(x)
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [27] Endless walks in the old form
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = (:A)-[*]->(x)
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [28] A condition on a whole path among endless walks
    When executing query:
      """
      MATCH REPEATABLE ELEMENTS p = SHORTEST 1 ((:A)-[r]->+(x) WHERE size(r) = 3)
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [29] One relationship twice without REPEATABLE ELEMENTS
    When executing query:
      """
      MATCH (x)-[r]->(y), (z)-[r]->(y)
      RETURN r
      """
    Then a SyntaxError should be raised at compile time: RelationshipUniquenessViolation

  Scenario: [30] A mode inside parentheses
    When executing query:
      """
      MATCH ((x)-->(y)) (ACYCLIC (y)-->(z))
      RETURN z
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax
