Feature: Quantified path patterns that come back to a node

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a {n: 'a'}), (b {n: 'b'}), (c {n: 'c'}), (a)-[:T]->(b), (b)-[:T]->(a), (b)-[:T]->(c)
      """

  Scenario: [1] A round walked from its right end
    When executing query:
      """
      MATCH (z {n: 'a'})
      WITH z
      MATCH (x) ((p)-[:T]->(q)-[:T]->(p)){1} (z)
      RETURN x.n AS x, [n IN q | n.n] AS q
      """
    Then the result should be, in any order:
      | x   | q     |
      | 'a' | ['b'] |
    And no side effects
