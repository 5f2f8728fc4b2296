"""The practice head: a mannequin of signed distances, and the studio it is photographed in."""
