"""The page of `seqbench report`: one file of HTML that says which model, how sure, where and why."""
