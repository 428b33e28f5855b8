"""The lines between the public network and the center. A caller who finds all of them busy hears the busy tone."""


class Trunks:
    def __init__(self, lines: int):
        self.free = lines

    def seize(self) -> bool:
        if self.free == 0:
            return False
        self.free -= 1
        return True

    def release(self) -> None:
        self.free += 1
