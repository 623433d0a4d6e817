# Our own scenarios, in the form of openCypher's: SET, REMOVE, DELETE, FOREACH.

Feature: Write2 - Changing and deleting

  Scenario: [1] SET on null does nothing
    Given an empty graph
    When executing query:
      """
      OPTIONAL MATCH (a:DoesNotExist)
      SET a.n = 42, a:L, a += {x: 1}
      SET a = {n: 42}
      REMOVE a.n, a:L
      RETURN a
      """
    Then the result should be, in any order:
      | a    |
      | null |
    And no side effects

  Scenario: [2] Items of SET see what earlier items did
    Given an empty graph
    And having executed:
      """
      CREATE ({a: 1})
      """
    When executing query:
      """
      MATCH (n)
      SET n.b = n.a + 1, n.c = n.b + 1, n.a = null
      RETURN properties(n) AS p
      """
    Then the result should be, in any order:
      | p            |
      | {b: 2, c: 3} |
    And the side effects should be:
      | +properties | 2 |
      | -properties | 1 |

  Scenario: [3] A map replaces all properties, nulls taken out
    Given an empty graph
    And having executed:
      """
      CREATE (:X {a: 1, b: 2})
      """
    When executing query:
      """
      MATCH (n:X)
      SET n = {b: 'new', c: null, d: [1, 2]}
      RETURN properties(n) AS p
      """
    Then the result should be, in any order:
      | p                   |
      | {b: 'new', d: [1, 2]} |
    And the side effects should be:
      | +properties | 2 |
      | -properties | 2 |

  Scenario: [4] Adding a map keeps, overwrites and takes away
    Given an empty graph
    And having executed:
      """
      CREATE ()-[:T {a: 1, b: 2, c: 3}]->()
      """
    And parameters are:
      | map | {b: 20, c: null, d: 4} |
    When executing query:
      """
      MATCH ()-[r:T]->()
      SET r += $map
      RETURN properties(r) AS p
      """
    Then the result should be, in any order:
      | p                   |
      | {a: 1, b: 20, d: 4} |
    And the side effects should be:
      | +properties | 2 |
      | -properties | 2 |

  Scenario: [5] Fail when a list of maps is set
    Given an empty graph
    When executing query:
      """
      CREATE (a)
      SET a.maps = [{num: 1}]
      """
    Then a TypeError should be raised at compile time: InvalidPropertyType

  Scenario: [6] Fail at run time when a property turns out to be a map
    Given an empty graph
    And parameters are:
      | map | {num: 1} |
    When executing query:
      """
      CREATE (a)
      SET a.map = $map
      """
    Then a TypeError should be raised at runtime: InvalidPropertyType

  Scenario: [7] Fail when an undefined variable is set
    Given any graph
    When executing query:
      """
      MATCH (a)
      SET a.name = missing
      RETURN a
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [8] Labels with blanks, in one go
    Given an empty graph
    And having executed:
      """
      CREATE (:A)
      """
    When executing query:
      """
      MATCH (n:A)
      SET n :B :C
      REMOVE n:A:Unknown
      RETURN labels(n) AS l
      """
    Then the result should be, in any order:
      | l          |
      | ['B', 'C'] |
    And the side effects should be:
      | +labels | 2 |
      | -labels | 1 |

  Scenario: [9] The target of SET may be an expression
    Given an empty graph
    And having executed:
      """
      CREATE (:A)
      """
    When executing query:
      """
      MATCH (n:A)
      WITH collect(n) AS ns
      UNWIND ns AS x
      SET (x).n = size(ns)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And the side effects should be:
      | +properties | 1 |

  Scenario: [10] Fail when a connected node is deleted
    Given an empty graph
    And having executed:
      """
      CREATE (:X)-[:T]->()
      """
    When executing query:
      """
      MATCH (n:X)
      DELETE n
      """
    Then a ConstraintVerificationFailed should be raised at runtime: DeleteConnectedNode

  Scenario: [11] A connected node may be deleted before its relationships
    Given an empty graph
    And having executed:
      """
      CREATE (:X)-[:T]->(:Y)
      """
    When executing query:
      """
      MATCH (n:X)-[r:T]->()
      DELETE n
      DELETE r
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 1 |
      | -labels        | 1 |

  Scenario: [12] Fail when a property of a deleted node is read
    Given an empty graph
    And having executed:
      """
      CREATE (:A {num: 0})
      """
    When executing query:
      """
      MATCH (n)
      DELETE n
      RETURN n.num
      """
    Then a EntityNotFound should be raised at runtime: DeletedEntityAccess

  Scenario: [13] Fail when the labels of a deleted node are read
    Given an empty graph
    And having executed:
      """
      CREATE (:A)
      """
    When executing query:
      """
      MATCH (n)
      DELETE n
      RETURN labels(n)
      """
    Then a EntityNotFound should be raised at runtime: DeletedEntityAccess

  Scenario: [14] The type of a deleted relationship can be read
    Given an empty graph
    And having executed:
      """
      CREATE ()-[:T]->()
      """
    When executing query:
      """
      MATCH ()-[r]->()
      DELETE r
      RETURN type(r) AS t
      """
    Then the result should be, in any order:
      | t   |
      | 'T' |
    And the side effects should be:
      | -relationships | 1 |

  Scenario: [15] Fail when a property of a deleted relationship is read
    Given an empty graph
    And having executed:
      """
      CREATE ()-[:T {num: 0}]->()
      """
    When executing query:
      """
      MATCH ()-[r]->()
      DELETE r
      RETURN r.num
      """
    Then a EntityNotFound should be raised at runtime: DeletedEntityAccess

  Scenario: [16] A path is deleted with all that is on it
    Given an empty graph
    And having executed:
      """
      CREATE (:X)-[:T]->(:Y)-[:T]->(:Z)
      """
    When executing query:
      """
      MATCH p = (:X)-->()-->()
      DELETE p
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 3 |
      | -relationships | 2 |
      | -labels        | 3 |

  Scenario: [17] A later MATCH does not find what was deleted
    Given an empty graph
    And having executed:
      """
      CREATE (:A), (:A), (:B)
      """
    When executing query:
      """
      MATCH (a:A)
      DETACH DELETE a
      WITH count(*) AS deleted
      MATCH (n)
      RETURN deleted, count(n) AS left
      """
    Then the result should be, in any order:
      | deleted | left |
      | 2       | 1    |
    And the side effects should be:
      | -nodes  | 2 |
      | -labels | 1 |

  Scenario: [18] What is created is found by a later MATCH, and not by an earlier one
    Given an empty graph
    And having executed:
      """
      CREATE (:A), (:A)
      """
    When executing query:
      """
      MATCH (a:A)
      CREATE (:A)
      WITH count(*) AS made
      MATCH (a:A)
      RETURN made, count(a) AS all
      """
    Then the result should be, in any order:
      | made | all |
      | 2    | 4   |
    And the side effects should be:
      | +nodes | 2 |

  Scenario: [19] A label that the same query brings in is found by name
    Given an empty graph
    When executing query:
      """
      CREATE (:Fresh)-[:FRESH]->(:Fresh)
      WITH 1 AS one
      MATCH (a:Fresh)-[r:FRESH]->(b)
      RETURN labels(a) AS a, type(r) AS r, b:Fresh AS b
      """
    Then the result should be, in any order:
      | a         | r       | b    |
      | ['Fresh'] | 'FRESH' | true |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 1 |

  Scenario: [20] FOREACH over nothing and over null
    Given an empty graph
    When executing query:
      """
      FOREACH (x IN [] | CREATE (:A))
      FOREACH (x IN null | CREATE (:A))
      """
    Then the result should be empty
    And no side effects

  Scenario: [21] FOREACH within FOREACH, over what was matched
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1})-[:T]->(:A {n: 2})
      """
    When executing query:
      """
      MATCH p = (:A)-[:T]->(:A)
      FOREACH (a IN nodes(p) |
        SET a.seen = true
        FOREACH (i IN range(1, a.n) | CREATE (a)-[:I {i: i}]->(:I)))
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And the side effects should be:
      | +nodes         | 3 |
      | +relationships | 3 |
      | +labels        | 1 |
      | +properties    | 5 |

  Scenario: [22] The variable of FOREACH ends with it
    Given any graph
    When executing query:
      """
      FOREACH (x IN [1] | CREATE (n {x: x}))
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [23] Writes of a subquery happen for every row, whatever is asked for afterwards
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 3] AS x
      CALL (x) { CREATE (:A {x: x}) }
      RETURN x
      LIMIT 1
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And the side effects should be:
      | +nodes      | 3 |
      | +labels     | 1 |
      | +properties | 3 |

  Scenario: [24] Fail when a subquery of an expression writes
    Given any graph
    When executing query:
      """
      MATCH (n)
      WHERE EXISTS { MATCH (n) SET n.x = 1 RETURN true }
      RETURN n
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario: [25] Fail when reading follows writing without WITH
    Given any graph
    When executing query:
      """
      CREATE (a)
      MATCH (b)
      RETURN b
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition

  Scenario: [26] UNION of parts that write
    Given an empty graph
    When executing query:
      """
      CREATE (a:A {n: 1})
      RETURN a.n AS n
      UNION ALL
      MATCH (a:A)
      SET a.n = 2
      RETURN a.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
    And the side effects should be:
      | +nodes      | 1 |
      | +labels     | 1 |
      | +properties | 1 |

  Scenario: [27] A statement that fails leaves nothing behind
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 0] AS x
      CREATE (:A {n: 1 / x})
      """
    Then a ArithmeticError should be raised at runtime: *
