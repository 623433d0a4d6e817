# Our own scenarios, in the form of openCypher's: writing.

Feature: Write1 - Merging

  Scenario: [1] MERGE sees what its own earlier rows made
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 1, 2, 1] AS x
      MERGE (n:New {x: x})
      RETURN n.x AS x
      """
    Then the result should be, in order:
      | x |
      | 1 |
      | 2 |
      | 1 |
      | 2 |
      | 1 |
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 2 |

  Scenario: [2] ON CREATE and ON MATCH each touch their own rows
    Given an empty graph
    And having executed:
      """
      CREATE (:A {id: 1})
      """
    When executing query:
      """
      UNWIND [1, 2] AS id
      MERGE (a:A {id: id})
        ON CREATE SET a.how = 'made', a:Fresh
        ON MATCH SET a.how = 'found', a += {again: true}
      RETURN a.id AS id, a.how AS how, a.again AS again, labels(a) AS labels
      """
    Then the result should be, in any order:
      | id | how     | again | labels         |
      | 1  | 'found' | true  | ['A']          |
      | 2  | 'made'  | null  | ['A', 'Fresh'] |
    And the side effects should be:
      | +nodes      | 1 |
      | +labels     | 1 |
      | +properties | 4 |

  Scenario: [3] An undirected relationship is found in either direction
    Given an empty graph
    And having executed:
      """
      CREATE (:A)<-[:T {n: 1}]-(:B)
      """
    When executing query:
      """
      MATCH (a:A), (b:B)
      MERGE (a)-[r:T]-(b)
      RETURN r.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And no side effects

  Scenario: [4] An undirected relationship is made from left to right
    Given an empty graph
    And having executed:
      """
      CREATE (:A), (:B)
      """
    When executing query:
      """
      MATCH (a:A), (b:B)
      MERGE (a)-[r:T]-(b)
      RETURN labels(startNode(r)) AS s, labels(endNode(r)) AS e
      """
    Then the result should be, in any order:
      | s     | e     |
      | ['A'] | ['B'] |
    And the side effects should be:
      | +relationships | 1 |

  Scenario: [5] A whole path is found or made as a whole
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:T]->(:B)
      """
    When executing query:
      """
      MERGE p = (a:A)-[:T]->(b:B)-[:U]->(c:C)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And the side effects should be:
      | +nodes         | 3 |
      | +relationships | 2 |
      | +labels        | 1 |

  Scenario: [6] Several matches give several rows
    Given an empty graph
    And having executed:
      """
      CREATE (a:A), (b:B), (a)-[:T {n: 1}]->(b), (a)-[:T {n: 2}]->(b)
      """
    When executing query:
      """
      MATCH (a:A), (b:B)
      MERGE (a)-[r:T]->(b)
        ON MATCH SET r.seen = true
      RETURN r.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
    And the side effects should be:
      | +properties | 2 |

  Scenario: [7] Fail when a property that is sought is null
    Given an empty graph
    When executing query:
      """
      MERGE (n {x: null})
      RETURN n
      """
    Then a SemanticError should be raised at runtime: MergeReadOwnWrites

  Scenario: [8] Fail when a property of a relationship that is sought is null
    Given an empty graph
    When executing query:
      """
      CREATE (a), (b)
      MERGE (a)-[r:X {num: null}]->(b)
      """
    Then a SemanticError should be raised at runtime: MergeReadOwnWrites

  Scenario: [9] Fail when a relationship to be merged has no type
    Given any graph
    When executing query:
      """
      CREATE (a), (b)
      MERGE (a)-->(b)
      """
    Then a SyntaxError should be raised at compile time: NoSingleRelationshipType

  Scenario: [10] Fail when a relationship to be merged has two types
    Given any graph
    When executing query:
      """
      CREATE (a), (b)
      MERGE (a)-[:A|B]->(b)
      """
    Then a SyntaxError should be raised at compile time: NoSingleRelationshipType

  Scenario: [11] Fail when a relationship to be merged is of variable length
    Given any graph
    When executing query:
      """
      MERGE (a)
      MERGE (b)
      MERGE (a)-[:FOO*2]->(b)
      """
    Then a SyntaxError should be raised at compile time: CreatingVarLength

  Scenario: [12] Fail when a node to be merged is known already
    Given any graph
    When executing query:
      """
      MATCH (a)
      MERGE (a)
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [13] Fail when a known node gets a label in MERGE
    Given any graph
    When executing query:
      """
      CREATE (a:Foo)
      MERGE (a)-[r:KNOWS]->(a:Bar)
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [14] Fail when a parameter stands for the properties of MERGE
    Given any graph
    And parameters are:
      | map | {x: 1} |
    When executing query:
      """
      MERGE (a)
      MERGE (a)-[r:FOO $map]->(b)
      """
    Then a SyntaxError should be raised at compile time: InvalidParameterUse

  Scenario: [15] Fail when ON CREATE names a variable that is not there
    Given any graph
    When executing query:
      """
      MERGE (n)
        ON CREATE SET x.num = 1
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [16] Fail when the relationship of MERGE is known already
    Given any graph
    When executing query:
      """
      MATCH (a)-[r]->(b)
      MERGE (a)-[r:T]->(b)
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [17] MERGE does not find what was deleted before
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1}), (:A {n: 2})
      """
    When executing query:
      """
      MATCH (a:A)
      DELETE a
      MERGE (b:A)
      RETURN b.n AS n
      """
    Then the result should be, in any order:
      | n    |
      | null |
      | null |
    And the side effects should be:
      | +nodes      | 1 |
      | -nodes      | 2 |
      | -properties | 2 |

  Scenario: [18] MERGE of a relationship that was deleted makes it again
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:T {name: 'old'}]->(:B)
      """
    When executing query:
      """
      MATCH (a)-[t:T]->(b)
      DELETE t
      MERGE (a)-[t2:T]->(b)
      RETURN t2.name AS name
      """
    Then the result should be, in any order:
      | name |
      | null |
    And the side effects should be:
      | +relationships | 1 |
      | -relationships | 1 |
      | -properties    | 1 |

  Scenario: [19] ON MATCH may copy the properties of another node
    Given an empty graph
    And having executed:
      """
      CREATE (:A {name: 'A', n: 1}), (:B {name: 'B'}), (:A {name: 'C'})-[:T]->(:B {name: 'D'})
      """
    When executing query:
      """
      MATCH (a {name: 'A'}), (b {name: 'B'})
      MERGE (a)-[r:T]->(b)
        ON CREATE SET r = a
      RETURN properties(r) AS p
      """
    Then the result should be, in any order:
      | p                 |
      | {name: 'A', n: 1} |
    And the side effects should be:
      | +relationships | 1 |
      | +properties    | 2 |

  Scenario: [20] MERGE inside FOREACH
    Given an empty graph
    When executing query:
      """
      FOREACH (x IN [1, 2, 1] |
        MERGE (a:A {x: x})
        MERGE (b:B)
        MERGE (a)-[:T]->(b))
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 3 |
      | +relationships | 2 |
      | +labels        | 2 |
      | +properties    | 2 |
