//! Paths, quantified patterns, searches, label expressions.

use super::{check, same};

#[test]
fn nodes_and_relationships() {
    same("MATCH () RETURN 1");
    same("MATCH (a:A:B {x: 1}), (:C), ($p), (b $p), (c:C WHERE c.x > 1), (:match:WHERE) RETURN a");
    same("MATCH (a)-->(b)<--(c)--(d)-[r]-(e)<-[:R {x: 1}]-(f)-[s:R WHERE s.x > 1]->(g) RETURN a");
    check("MATCH (a)<-->(b), (a)<-[r]->(b) RETURN a", "MATCH (a)--(b), (a)-[r]-(b) RETURN a");
    check("MATCH (a) - [ r : R | : S ] -> (b) RETURN a", "MATCH (a)-[r:R|S]->(b) RETURN a");
    check("match p=(a)-->(b)return p", "MATCH p = (a)-->(b) RETURN p");
}

#[test]
fn lengths_and_quantifiers() {
    same("MATCH (a)-[*]->(b)-[r:R*2]->(c)-[*1..3]-(d)-[*..3]-(e)-[*2..]-(f) RETURN a");
    same(
        "MATCH (a)-->+(b)-[r:R]->*(c)-->{2}(d)-->{1,3}(e)-->{,3}(f)-->{1,}(g) RETURN a"
            .replace("{1,}", "{2,}")
            .as_str(),
    );
    same("MATCH ((a)-[r]->(b) WHERE a.x = 1){1,3} RETURN a");
    same("MATCH (x) ((a)-[r]->(b))+ (y), (x)-->((a)--(b)){2}-->(y) RETURN a");
    same("MATCH (((a)-->(b)){2}-->(c))* RETURN a");
    same("MATCH p = ((a)-->(b)) RETURN p");
}

#[test]
fn searches_and_modes() {
    same("MATCH p = shortestPath((a)-[*]->(b)), q = allShortestPaths((a)-[:R*..5]-(b)) RETURN p");
    same("MATCH p = ALL SHORTEST (a)-->+(b) RETURN p");
    same("MATCH p = ANY (a)-->+(b), ANY 3 (a)--(b), SHORTEST $k (a)--(b), SHORTEST 2 GROUPS (a)--(b) RETURN p");
    check("MATCH ANY SHORTEST TRAIL PATHS (a)-->+(b) RETURN a", "MATCH SHORTEST 1 TRAIL (a)-->+(b) RETURN a");
    check("MATCH ALL PATHS (a)-->+(b) RETURN a", "MATCH (a)-->+(b) RETURN a");
    check("MATCH SHORTEST 2 PATH GROUPS (a)-->+(b) RETURN a", "MATCH SHORTEST 2 GROUPS (a)-->+(b) RETURN a");
    same("MATCH WALK (a)-->+(b), ACYCLIC (a)--(b), SIMPLE (a)--(b), TRAIL (a)--(b) RETURN a");
    same("MATCH (shortest), any = (walk)-->(trail) RETURN shortest, any");
}

#[test]
fn label_expressions() {
    same("MATCH (n:A|B&!C), (m:(A|B)&C), (o:!(A|B)), (p:%), (q:A&(B:C)) RETURN n");
    check("MATCH (n:A&B) RETURN n", "MATCH (n:A:B) RETURN n");
    same("MATCH (n) WHERE n:A:B AND n:!A AND n:(A|B) AND (n:A):B RETURN n");
    same("MATCH ()-[:lineage]->(), ()-[:A|B|!C]-() RETURN 1");
}
