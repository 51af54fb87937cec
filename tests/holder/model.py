"""Who holds a post, worked out from the rules alone (POST-1 … POST-5, WHR-1): a department's posts and
people as a few sets. Knows neither the product's SQL nor its wire.

Readings, where the rules leave one:
- Whoever logs in or signs in takes every post nobody holds in which one has place A, also one emptied
  while one's own handover runs.
- Giving back ends at A when A is there and has signed in, else the post is empty.
- An offer is made to the first B who is there, alone; to all when that time is over or no B is there.
- Silence is gone as soon as it is longer than the set time: the driver lets it pass between the rounds.
- A confirmed handover begins and ends at its moments whether anybody is there or not; one that is not
  confirmed empties the post at its start if who wanted to hand it over holds it still, and ends with nothing more."""


class Handover:
    def __init__(self, post, giver, taker, begins, ends):
        self.post, self.giver, self.taker = post, giver, taker
        self.begins, self.ends = begins, ends
        self.state = "planned"  # confirmed, running, over, cancelled, unconfirmed
        self.id = None


class Post:
    def __init__(self, code, places):
        self.code = code
        self.places = places  # A, B1, B2: people
        self.holder = None
        self.offer = None  # "first" with self.first, or "all"
        self.first = None
        self.handover = None

    @property
    def as_what(self):
        return None if self.holder is None else "A" if self.holder == self.places[0] else "B"

    @property
    def on_behalf(self):
        return self.places[0] if self.as_what == "B" else None


class Department:
    def __init__(self, posts):
        self.posts = posts
        self.there = set()  # a line to the hall, and a session
        self.signed = set()
        self.open = True

    # --- what changes a holder

    def give(self, post, person):
        post.holder, post.offer, post.first = person, None, None

    def empty(self, post, not_first=None):
        post.holder = None
        self.offer(post, not_first)

    def offer(self, post, not_first=None):
        post.offer = post.first = None
        if post.holder is not None or not self.open:
            return
        able = [p for p in post.places[1:] if p in self.signed and p != not_first]
        post.offer, post.first = ("first", able[0]) if able else ("all", None)

    def sign_in(self, person):
        self.there.add(person)
        self.signed.add(person)
        for post in self.posts:
            if post.places[0] == person and post.holder is None:
                self.give(post, person)

    def log_out(self, person):
        self.there.discard(person)
        self.signed.discard(person)

    def cut(self, person):
        self.there.discard(person)
        self.signed.discard(person)

    def back(self, person):
        """The line is there again; that alone appoints nobody."""
        self.there.add(person)
        self.signed.add(person)

    def may_take(self, post, person):
        """True, False, or None where the rules leave it to the moment."""
        if post.holder is not None or person not in post.places:
            return False
        if not self.open or post.offer is None:
            return None
        return True if post.offer == "all" or post.first == person else False

    def give_back(self, post, person):
        if post.holder != person or post.as_what != "B":
            return False
        a = post.places[0]
        if a in self.signed:
            self.give(post, a)
        else:
            self.empty(post, not_first=person)
        return True

    # --- planned (POST-3)

    def begin(self, h):
        post = h.post
        if h.state == "confirmed":
            h.state = "running"
            self.give(post, h.taker)
        elif h.state == "planned":
            h.state = "unconfirmed"
            post.handover = None
            if post.holder == h.giver:
                self.empty(post)

    def end(self, h):
        if h.state == "running":
            h.state = "over"
            h.post.handover = None
            self.give(h.post, h.post.places[0])

    # --- time

    def silence(self):
        """The set time has passed in opening hours: who is not there holds nothing any more."""
        for post in self.posts:
            if post.holder is not None and post.holder not in self.there and self.open:
                self.empty(post)

    def offers_to_all(self):
        for post in self.posts:
            if post.offer == "first":
                post.offer, post.first = "all", None

    def opens(self, is_open):
        was, self.open = self.open, is_open
        for post in self.posts:
            if not is_open:
                post.offer = post.first = None
            elif not was and post.holder is None:
                self.offer(post)
