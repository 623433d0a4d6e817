Feature: Shortest paths and path selectors

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 'a'}), (b {n: 'b'}), (c {n: 'c'}), (d:Z {n: 'd'}), (e {n: 'e'}), (i:I {n: 'i'}),
             (a)-[:R {w: 1}]->(b), (b)-[:R {w: 2}]->(d), (a)-[:R {w: 3}]->(c), (c)-[:R {w: 4}]->(d),
             (c)-[:R {w: 5}]->(e), (e)-[:R {w: 6}]->(d), (d)-[:R {w: 7}]->(a)
      """

  Scenario: [1] SHORTEST 1 takes one path between two nodes
    When executing query:
      """
      MATCH p = SHORTEST 1 (:A)-->+(:Z)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [2] SHORTEST k takes the next longer ones when the shortest are used up
    When executing query:
      """
      MATCH p = SHORTEST 3 (:A)-->+(:Z)
      RETURN length(p) AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 2 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [3] SHORTEST k takes all where there are fewer
    When executing query:
      """
      MATCH p = SHORTEST 10 (:A)-->+(:Z)
      RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 7 |
    And no side effects

  Scenario: [4] SHORTEST k GROUPS takes all paths of the k smallest lengths
    When executing query:
      """
      MATCH p = SHORTEST 2 GROUPS (:A)-->+(:Z)
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p                    |
      | ['a', 'b', 'd']      |
      | ['a', 'c', 'd']      |
      | ['a', 'c', 'e', 'd'] |
    And no side effects

  Scenario: [5] SHORTEST GROUP without a number is the first
    When executing query:
      """
      MATCH p = SHORTEST GROUP (:A)-->+(:Z)
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p               |
      | ['a', 'b', 'd'] |
      | ['a', 'c', 'd'] |
    And no side effects

  Scenario: [6] ALL SHORTEST takes all of the smallest length
    When executing query:
      """
      MATCH p = ALL SHORTEST (:A)-->+(:Z)
      RETURN [r IN relationships(p) | r.w] AS w
      """
    Then the result should be, in any order:
      | w      |
      | [1, 2] |
      | [3, 4] |
    And no side effects

  Scenario: [7] ANY takes one path
    When executing query:
      """
      MATCH p = ANY (:A)-->+(:Z)
      RETURN count(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And no side effects

  Scenario: [8] ANY k takes at most k paths
    When executing query:
      """
      MATCH p = ANY 2 (:A)-->+(:Z)
      RETURN count(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [9] ANY SHORTEST takes one of the smallest length
    When executing query:
      """
      MATCH p = ANY SHORTEST (:A)-->+(:Z)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [10] ALL takes every one
    When executing query:
      """
      MATCH p = ALL (:A)-->+(:Z)
      RETURN count(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 7 |
    And no side effects

  Scenario: [11] The number may be a parameter
    Given parameters are:
      | k | 2 |
    When executing query:
      """
      MATCH p = SHORTEST $k (:A)-->+(:Z)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 2 |
    And no side effects

  Scenario: [12] PATHS may be written out
    When executing query:
      """
      MATCH p = ANY 1 PATHS (:A)-->+(:Z)
      RETURN count(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And no side effects

  Scenario: [13] Paths are chosen for each pair of ends
    When executing query:
      """
      MATCH SHORTEST 1 (x:A)-[r]->+(y)
      RETURN y.n AS y, size(r) AS n
      """
    Then the result should be, in any order:
      | y   | n |
      | 'b' | 1 |
      | 'c' | 1 |
      | 'd' | 2 |
      | 'e' | 2 |
      | 'a' | 3 |
    And no side effects

  Scenario: [14] Zero steps are the shortest
    When executing query:
      """
      MATCH p = SHORTEST 1 (x:A)-->*(y:A)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |
    And no side effects

  Scenario: [15] A cycle is the shortest path of at least one step to oneself
    When executing query:
      """
      MATCH p = SHORTEST 1 (x:A)-->+(x)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [16] No path, no row
    When executing query:
      """
      MATCH p = SHORTEST 1 (:A)-->+(:I)
      RETURN p
      """
    Then the result should be, in any order:
      | p |
    And no side effects

  Scenario: [17] OPTIONAL MATCH of no path
    When executing query:
      """
      OPTIONAL MATCH p = SHORTEST 1 (:A)-->+(:I)
      RETURN p
      """
    Then the result should be, in any order:
      | p    |
      | null |
    And no side effects

  Scenario: [18] A bound on both sides of the number of steps
    When executing query:
      """
      MATCH p = SHORTEST 1 (:A)-->{3,4}(:Z)
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p                    |
      | ['a', 'c', 'e', 'd'] |
    And no side effects

  Scenario: [19] A group is searched
    When executing query:
      """
      MATCH p = SHORTEST 1 (:A) ((x)-[r]->(y) WHERE y.n <> 'b' AND r.w <> 4)+ (:Z)
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p                    |
      | ['a', 'c', 'e', 'd'] |
    And no side effects

  Scenario: [20] Lists of a searched group
    When executing query:
      """
      MATCH ALL SHORTEST (:A) ((x)-[r]->(y))+ (:Z)
      RETURN [n IN x | n.n] AS x, [e IN r | e.w] AS r
      """
    Then the result should be, in any order:
      | x          | r      |
      | ['a', 'b'] | [1, 2] |
      | ['a', 'c'] | [3, 4] |
    And no side effects

  Scenario: [21] A fixed part and a repeated one
    When executing query:
      """
      MATCH ALL SHORTEST (:A)-[f]->(m)-->*(:Z)
      RETURN f.w AS f, m.n AS m
      """
    Then the result should be, in any order:
      | f | m   |
      | 1 | 'b' |
      | 3 | 'c' |
    And no side effects

  Scenario: [22] A condition on a node inside holds before the choice
    When executing query:
      """
      MATCH p = SHORTEST 1 (:A)-->(m WHERE m.n = 'c')-->+(z WHERE z.n = 'e')
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [23] A property map on a node inside holds before the choice
    When executing query:
      """
      MATCH p = SHORTEST 1 (:A)-->+(m {n: 'e'})-->+(:Z)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [24] WHERE in parentheses holds before the choice
    When executing query:
      """
      MATCH p = SHORTEST 1 ((:A)-[r]->+(:Z) WHERE size(r) > 2)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [25] WHERE of the MATCH holds after the choice
    When executing query:
      """
      MATCH p = SHORTEST 1 (:A)-[r]->+(:Z)
      WHERE size(r) > 2
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
    And no side effects

  Scenario: [26] A condition in parentheses over two places of the path
    When executing query:
      """
      MATCH SHORTEST 1 ((:A)-[f]->(m)-[l]->(z:Z) WHERE f.w + l.w = 7)
      RETURN m.n AS m
      """
    Then the result should be, in any order:
      | m   |
      | 'c' |
    And no side effects

  Scenario: [27] A path named in parentheses
    When executing query:
      """
      MATCH ANY SHORTEST (p = (:A)-->+(:Z) WHERE length(p) > 2)
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p                    |
      | ['a', 'c', 'e', 'd'] |
    And no side effects

  Scenario: [28] A bound node inside the searched path
    When executing query:
      """
      MATCH (m {n: 'e'})
      MATCH p = SHORTEST 1 (:A)-->+(m)-->+(:Z)
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p                    |
      | ['a', 'c', 'e', 'd'] |
    And no side effects

  Scenario: [29] Ends that another pattern of the clause finds
    When executing query:
      """
      MATCH (x:A), (y:Z), p = ALL SHORTEST (x)-->+(y)
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 2 |
    And no side effects

  Scenario: [30] A selector over undirected steps uses no relationship twice
    When executing query:
      """
      MATCH p = SHORTEST 5 (:A)--{2}(x {n: 'a'})
      RETURN p
      """
    Then the result should be, in any order:
      | p |
    And no side effects

  Scenario: [31] Undirected shortest paths
    When executing query:
      """
      MATCH p = ALL SHORTEST (x {n: 'e'})--+(y {n: 'a'})
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p               |
      | ['e', 'c', 'a'] |
      | ['e', 'd', 'a'] |
    And no side effects

  Scenario: [32] shortestPath takes one of the smallest length
    When executing query:
      """
      MATCH p = shortestPath((:A)-[*]->(:Z))
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [33] allShortestPaths takes all of them
    When executing query:
      """
      MATCH p = allShortestPaths((:A)-[*]->(:Z))
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p               |
      | ['a', 'b', 'd'] |
      | ['a', 'c', 'd'] |
    And no side effects

  Scenario: [34] shortestPath searches by what WHERE says of the path
    When executing query:
      """
      MATCH p = shortestPath((:A)-[*]->(:Z))
      WHERE length(p) > 2
      RETURN [n IN nodes(p) | n.n] AS p
      """
    Then the result should be, in any order:
      | p                    |
      | ['a', 'c', 'e', 'd'] |
    And no side effects

  Scenario: [35] shortestPath searches by what WHERE says of its relationships
    When executing query:
      """
      MATCH p = shortestPath((:A)-[r*]->(:Z))
      WHERE none(e IN r WHERE e.w = 2)
      RETURN [e IN r | e.w] AS w
      """
    Then the result should be, in any order:
      | w      |
      | [3, 4] |
    And no side effects

  Scenario: [36] shortestPath of a node with itself is the path without steps
    When executing query:
      """
      MATCH (x:A)
      MATCH p = shortestPath((x)-[*0..]->(x))
      RETURN length(p) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |
    And no side effects

  Scenario: [37] shortestPath between ends of two rows
    When executing query:
      """
      MATCH (x) WHERE x.n IN ['b', 'c']
      MATCH p = shortestPath((x)-[*]->(:A))
      RETURN x.n AS x, length(p) AS n
      """
    Then the result should be, in any order:
      | x   | n |
      | 'b' | 2 |
      | 'c' | 2 |
    And no side effects

  Scenario: [38] A selected path shares no relationship with another pattern of the clause
    When executing query:
      """
      MATCH (:A)-[f {w: 1}]->(), p = SHORTEST 3 (:A)-->+(:Z)
      RETURN [r IN relationships(p) | r.w] AS w
      """
    Then the result should be, in any order:
      | w         |
      | [3, 4]    |
      | [3, 5, 6] |
    And no side effects

  Scenario: [39] A searched path in EXISTS
    When executing query:
      """
      MATCH (x) WHERE EXISTS { ANY SHORTEST (x)-->{2}(:Z) }
      RETURN x.n AS x
      """
    Then the result should be, in any order:
      | x   |
      | 'a' |
      | 'c' |
    And no side effects

  Scenario: [40] A searched path in COUNT
    When executing query:
      """
      MATCH (x:A)
      RETURN COUNT { ALL SHORTEST (x)-->+(:Z) } AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [41] Several selectors in several clauses
    When executing query:
      """
      MATCH p = SHORTEST 1 (:A)-->+(e {n: 'e'})
      MATCH q = SHORTEST 1 (e)-->+(:Z)
      RETURN length(p) + length(q) AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [42] No path is asked for
    When executing query:
      """
      MATCH p = SHORTEST 0 (:A)-->+(:Z)
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: NumberOutOfRange

  Scenario: [43] A number of paths that is no number
    Given parameters are:
      | k | 'two' |
    When executing query:
      """
      MATCH p = SHORTEST $k (:A)-->+(:Z)
      RETURN p
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

  Scenario: [44] A negative number of paths
    Given parameters are:
      | k | -1 |
    When executing query:
      """
      MATCH p = SHORTEST $k (:A)-->+(:Z)
      RETURN p
      """
    Then an ArgumentError should be raised at runtime: NumberOutOfRange

  Scenario: [45] SHORTEST needs a number or a group
    When executing query:
      """
      MATCH p = SHORTEST (:A)-->+(:Z)
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [46] shortestPath of two relationships
    When executing query:
      """
      MATCH p = shortestPath((:A)-[*]->()-[*]->(:Z))
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [47] shortestPath from two steps on
    When executing query:
      """
      MATCH p = shortestPath((:A)-[*2..]->(:Z))
      RETURN p
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [48] A node inside a searched path in another pattern
    When executing query:
      """
      MATCH SHORTEST 1 (:A)-->(m)-->+(:Z), (m)-->(x)
      RETURN m
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [49] A selector inside parentheses
    When executing query:
      """
      MATCH ((:A)-->(b)), (SHORTEST 1 (b)-->+(:Z))
      RETURN b
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax
