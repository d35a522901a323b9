{{ ancestor_walk(ref('int_hierarchy__parent_links')) }}
