Feature: Quantified path patterns

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 'a'}), (b:M {n: 'b'}), (c:M {n: 'c'}), (d:Z {n: 'd'}),
             (a)-[:T {w: 1}]->(b), (b)-[:T {w: 2}]->(c), (c)-[:T {w: 3}]->(d), (a)-[:U {w: 9}]->(d)
      """

  Scenario: [1] A group repeats between its bounds
    When executing query:
      """
      MATCH (x:A) ((p)-[:T]->(q)){1,2} (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'b' |
      | 'c' |
    And no side effects

  Scenario: [2] One bound is both bounds
    When executing query:
      """
      MATCH (x:A) ((p)-[:T]->(q)){2} (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'c' |
    And no side effects

  Scenario: [3] No upper bound reaches all
    When executing query:
      """
      MATCH (x:A) ((p)-[:T]->(q)){2,} (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'c' |
      | 'd' |
    And no side effects

  Scenario: [4] No lower bound is nought
    When executing query:
      """
      MATCH (x:A) ((p)-[:T]->(q)){,1} (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'a' |
      | 'b' |
    And no side effects

  Scenario: [5] Plus is at least once
    When executing query:
      """
      MATCH (x:A) ((p)-[:T]->(q))+ (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'b' |
      | 'c' |
      | 'd' |
    And no side effects

  Scenario: [6] Star is any number of times
    When executing query:
      """
      MATCH (x:A) ((p)-[:T]->(q))* (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'a' |
      | 'b' |
      | 'c' |
      | 'd' |
    And no side effects

  Scenario: [7] Variables of a group are lists outside, turn by turn
    When executing query:
      """
      MATCH (:A) ((p)-[r:T]->(q)){3} (:Z)
      RETURN [x IN p | x.n] AS p, [x IN r | x.w] AS r, [x IN q | x.n] AS q
      """
    Then the result should be, in any order:
      | p               | r         | q               |
      | ['a', 'b', 'c'] | [1, 2, 3] | ['b', 'c', 'd'] |
    And no side effects

  Scenario: [8] A group that matches nought times gives empty lists
    When executing query:
      """
      MATCH (x:A) ((p)-[r:T]->(q)){0,1} (y:A)
      RETURN size(p) AS p, size(r) AS r, size(q) AS q
      """
    Then the result should be, in any order:
      | p | r | q |
      | 0 | 0 | 0 |
    And no side effects

  Scenario: [9] WHERE in a group sees one turn
    When executing query:
      """
      MATCH (:A) ((p)-[r:T]->(q) WHERE r.w < 3)+ (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'b' |
      | 'c' |
    And no side effects

  Scenario: [10] WHERE in a group may compare nodes of one turn
    When executing query:
      """
      MATCH (x) ((p)-[r]->(q) WHERE p.n = 'a' AND q.n = 'd'){1} (y)
      RETURN r[0].w AS w
      """
    Then the result should be, in any order:
      | w |
      | 9 |
    And no side effects

  Scenario: [11] Labels and properties in a group hold for each turn
    When executing query:
      """
      MATCH (x) ((:M)-[:T {w: 2}]->(:M))+ (y)
      RETURN x.n AS x, y.n AS y
      """
    Then the result should be, in any order:
      | x   | y   |
      | 'b' | 'c' |
    And no side effects

  Scenario: [12] A quantified relationship stands for a group
    When executing query:
      """
      MATCH (:A)-[:T]->{2,3}(y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'c' |
      | 'd' |
    And no side effects

  Scenario: [13] A quantified relationship with plus, from right to left
    When executing query:
      """
      MATCH (y)<-[:T]-+(:A)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'b' |
      | 'c' |
      | 'd' |
    And no side effects

  Scenario: [14] A quantified relationship names the list of its relationships
    When executing query:
      """
      MATCH (:A)-[r:T]->+(:Z)
      RETURN [x IN r | x.w] AS w
      """
    Then the result should be, in any order:
      | w         |
      | [1, 2, 3] |
    And no side effects

  Scenario: [15] WHERE in a quantified relationship holds for each of them
    When executing query:
      """
      MATCH (:A)-[r WHERE r.w <> 2]->+(y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'b' |
      | 'd' |
    And no side effects

  Scenario: [16] A property map in a quantified relationship holds for each of them
    When executing query:
      """
      MATCH (x)-[{w: 2}]->+(y)
      RETURN x.n AS x, y.n AS y
      """
    Then the result should be, in any order:
      | x   | y   |
      | 'b' | 'c' |
    And no side effects

  Scenario: [17] A quantified relationship without details
    When executing query:
      """
      MATCH (:A)-->*(y)
      RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 5 |
    And no side effects

  Scenario: [18] Undirected repetition uses no relationship twice
    When executing query:
      """
      MATCH (:A)--{2}(y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'c' |
      | 'c' |
    And no side effects

  Scenario: [19] Round trips are trails
    When executing query:
      """
      MATCH (x:A)--{4}(y:A)
      RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [20] A chain of two hops repeats as a whole
    When executing query:
      """
      MATCH (x:A) ((p)-[:T]->(m)-[:T]->(q)){1,} (y)
      RETURN y.n AS y, [z IN m | z.n] AS m
      """
    Then the result should be, in any order:
      | y   | m     |
      | 'c' | ['b'] |
    And no side effects

  Scenario: [21] A chain of hops in both directions
    When executing query:
      """
      MATCH (x:M) ((p)<-[:T]-(m)-[:U]->(q)){1} (y)
      RETURN x.n AS x, y.n AS y
      """
    Then the result should be, in any order:
      | x   | y   |
      | 'b' | 'd' |
    And no side effects

  Scenario: [22] Several groups in one pattern
    When executing query:
      """
      MATCH (:A) ((p)-[:T]->(q)){1,2} ((r)-[:T]->(s)){1,2} (y:Z)
      RETURN size(p) AS p, size(r) AS r
      """
    Then the result should be, in any order:
      | p | r |
      | 1 | 2 |
      | 2 | 1 |
    And no side effects

  Scenario: [23] A node between two groups
    When executing query:
      """
      MATCH (:A) ((p)-[:T]->(q)){1,} (m) ((r)-[:T]->(s)){1,} (:Z)
      RETURN m.n AS m
      """
    Then the result should be, in any order:
      | m   |
      | 'b' |
      | 'c' |
    And no side effects

  Scenario: [24] Group and single relationship
    When executing query:
      """
      MATCH (:A) ((p)-[:T]->(q)){2} (m)-[last:T]->(:Z)
      RETURN m.n AS m, last.w AS w
      """
    Then the result should be, in any order:
      | m   | w |
      | 'c' | 3 |
    And no side effects

  Scenario: [25] A relationship leads to a group without a node between
    When executing query:
      """
      MATCH (:A)-[f:T]->((p)-[:T]->(q)){2}
      RETURN f.w AS f, [x IN q | x.n] AS q
      """
    Then the result should be, in any order:
      | f | q          |
      | 1 | ['c', 'd'] |
    And no side effects

  Scenario: [26] A group may begin and end a pattern
    When executing query:
      """
      MATCH ((p)-[r:T]->(q)){3}
      RETURN p[0].n AS first, q[2].n AS last
      """
    Then the result should be, in any order:
      | first | last |
      | 'a'   | 'd'  |
    And no side effects

  Scenario: [27] The path of a group holds all of it
    When executing query:
      """
      MATCH path = (:A) ((p)-[:T]->(q)){2} ()
      RETURN path
      """
    Then the result should be, in any order:
      | path                                                                  |
      | <(:A {n: 'a'})-[:T {w: 1}]->(:M {n: 'b'})-[:T {w: 2}]->(:M {n: 'c'})> |
    And no side effects

  Scenario: [28] The length of the path of a chain that repeats
    When executing query:
      """
      MATCH path = (:A) ((p)-[:T]->()-[:T]->(q)){1,} (y)
      RETURN length(path) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [29] No relationship twice across groups and single relationships
    When executing query:
      """
      MATCH (:A)-[r:T]->(b), (:A) ((p)-[s:T]->(q)){1,} (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y |
    And no side effects

  Scenario: [30] Groups of other patterns of the clause share no relationship
    When executing query:
      """
      MATCH (:A)-[r]->+(x), (:A)-[s]->+(y)
      RETURN x.n AS x, y.n AS y
      """
    Then the result should be, in any order:
      | x   | y   |
      | 'b' | 'd' |
      | 'c' | 'd' |
      | 'd' | 'd' |
      | 'd' | 'b' |
      | 'd' | 'c' |
      | 'd' | 'd' |
    And no side effects

  Scenario: [31] A group of one clause may use what an earlier clause used
    When executing query:
      """
      MATCH (:A)-[r:T]->()
      MATCH (:A) ((p)-[s:T]->(q)){1} ()
      RETURN r = s[0] AS same
      """
    Then the result should be, in any order:
      | same |
      | true |
    And no side effects

  Scenario: [32] Earlier clauses are seen inside a group
    When executing query:
      """
      MATCH (a:A)
      MATCH (a) ((p)-[r:T]->(q) WHERE r.w <= size(a.n) + 1)+ (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'b' |
      | 'c' |
    And no side effects

  Scenario: [33] A subquery inside a group
    When executing query:
      """
      MATCH (:A) ((p)-[:T]->(q) WHERE EXISTS { (q)-[:T]->() })+ (y)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'b' |
      | 'c' |
    And no side effects

  Scenario: [34] A node that is written twice in a turn is one node
    When executing query:
      """
      MATCH (x) ((p)-[:T]->(p)){1} (y)
      RETURN x
      """
    Then the result should be, in any order:
      | x |
    And no side effects

  Scenario: [35] A bound node at the end
    When executing query:
      """
      MATCH (z:Z)
      MATCH (x) ((p)-[:T]->(q)){2} (z)
      RETURN x.n AS x, [n IN p | n.n] AS p
      """
    Then the result should be, in any order:
      | x   | p          |
      | 'b' | ['b', 'c'] |
    And no side effects

  Scenario: [36] Lists of a group walked from its right end are in the order of the pattern
    When executing query:
      """
      MATCH (z:Z) WITH z
      MATCH (x:A) ((p)-[r:T]->(q))+ (z)
      RETURN [n IN p | n.n] AS p, [e IN r | e.w] AS r
      """
    Then the result should be, in any order:
      | p               | r         |
      | ['a', 'b', 'c'] | [1, 2, 3] |
    And no side effects

  Scenario: [37] OPTIONAL MATCH leaves the lists of a group null
    When executing query:
      """
      MATCH (z:Z)
      OPTIONAL MATCH (z) ((p)-[r]->(q))+ (y)
      RETURN p, r, q, y
      """
    Then the result should be, in any order:
      | p    | r    | q    | y    |
      | null | null | null | null |
    And no side effects

  Scenario: [38] A group in EXISTS
    When executing query:
      """
      MATCH (x) WHERE EXISTS { (x) ((p)-[:T]->(q)){2} (:Z) }
      RETURN x.n AS x
      """
    Then the result should be, in any order:
      | x   |
      | 'b' |
    And no side effects

  Scenario: [39] A group in COUNT
    When executing query:
      """
      MATCH (x:A)
      RETURN COUNT { (x) ((p)-->(q))+ (y) } AS n
      """
    Then the result should be, in any order:
      | n |
      | 4 |
    And no side effects

  Scenario: [40] WHERE behind the pattern sees the lists
    When executing query:
      """
      MATCH (:A) ((p)-[r]->(q))+ (y)
      WHERE all(e IN r WHERE e.w < 4)
      RETURN y.n AS y
      """
    Then the result should be, in any order:
      | y   |
      | 'b' |
      | 'c' |
      | 'd' |
    And no side effects

  Scenario: [41] A group in a group
    When executing query:
      """
      MATCH (x) ((p) ((q)-->(r)){1,2} (s)){1,2} (y)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [42] A repeated relationship in a group
    When executing query:
      """
      MATCH (x) ((p)-->+(q)){1,2} (y)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [43] A group without a relationship
    When executing query:
      """
      MATCH (x) ((p)){1,2} (y)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [44] A quantifier that lets nothing match
    When executing query:
      """
      MATCH (x) ((p)-->(q)){0,0} (y)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: NumberOutOfRange

  Scenario: [45] Bounds that are crossed
    When executing query:
      """
      MATCH (x)-->{3,2}(y)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: NumberOutOfRange

  Scenario: [46] One name inside and outside of a group
    When executing query:
      """
      MATCH (x) ((x)-->(q)){1,2} (y)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [47] One name in two groups
    When executing query:
      """
      MATCH (x) ((p)-->(q)){1,2} ((q)-->(r)){1,2} (y)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [48] The rest of the MATCH is not seen inside a group
    When executing query:
      """
      MATCH (x) ((p)-[r]->(q) WHERE r.w = x.w){1,2} (y)
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [49] A group's variable is no node
    When executing query:
      """
      MATCH (x) ((p)-->(q)){1,2} (y)
      MATCH (p)-->(z)
      RETURN z
      """
    Then a SyntaxError should be raised at compile time: VariableTypeConflict

  Scenario: [50] Groups cannot be created
    When executing query:
      """
      CREATE (x) ((p)-[:T]->(q)){2} (y)
      """
    Then a SyntaxError should be raised at compile time: *
