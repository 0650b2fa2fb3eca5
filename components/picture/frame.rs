//! Which square of a picture is kept.

/// The side of what is kept, in pixels.
pub(super) const SIDE: f64 = 512.0;
/// How near one may come.
pub(super) const NEAREST: f64 = 4.0;

/// A square on a picture; it never leaves it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// The picture, in pixels.
    size: (f64, f64),
    /// Where the middle of the square is, as a part of the picture's width and height.
    middle: (f64, f64),
    /// How much larger than needed the picture is drawn.
    zoom: f64,
}

impl Frame {
    /// The largest square in the middle.
    pub(super) fn of(size: (f64, f64)) -> Self {
        Self {
            size,
            middle: (0.5, 0.5),
            zoom: 1.0,
        }
    }

    /// How large the whole picture is drawn.
    fn drawn(self) -> (f64, f64) {
        let scale = SIDE / self.size.0.min(self.size.1) * self.zoom;
        (self.size.0 * scale, self.size.1 * scale)
    }

    /// Where the whole picture is drawn, and how large, so that the square is what is seen.
    pub(super) fn place(self) -> [f64; 4] {
        let (width, height) = self.drawn();
        let (x, y) = self.middle;
        [
            SIDE / 2.0 - x * width,
            SIDE / 2.0 - y * height,
            width,
            height,
        ]
    }

    /// The same with the picture moved under the square by so many of the kept pixels.
    pub(super) fn moved(mut self, (right, down): (f64, f64)) -> Self {
        let (width, height) = self.drawn();
        self.middle.0 -= right / width;
        self.middle.1 -= down / height;
        self.within()
    }

    /// The same, nearer or farther.
    pub(super) fn zoomed(mut self, zoom: f64) -> Self {
        self.zoom = zoom.clamp(1.0, NEAREST);
        self.within()
    }

    fn within(mut self) -> Self {
        let (width, height) = self.drawn();
        let keep = |middle: f64, drawn: f64| {
            let most = SIDE / 2.0 / drawn;
            middle.clamp(most, (1.0 - most).max(most))
        };
        self.middle = (keep(self.middle.0, width), keep(self.middle.1, height));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Frame;

    fn place(frame: Frame) -> String {
        frame.place().map(|it| format!("{it:.0}")).join(" ")
    }

    #[test]
    fn the_largest_square_in_the_middle_comes_first() {
        assert_eq!(place(Frame::of((1024.0, 512.0))), "-256 0 1024 512");
        assert_eq!(place(Frame::of((256.0, 256.0))), "0 0 512 512");
    }

    #[test]
    fn the_square_never_leaves_the_picture() {
        let frame = Frame::of((1024.0, 512.0));
        let end = (-9000.0, -9000.0);
        assert_eq!(place(frame.moved((9000.0, 9000.0))), "0 0 1024 512");
        assert_eq!(place(frame.moved(end)), "-512 0 1024 512");
        let near = frame.zoomed(2.0).moved(end);
        assert_eq!(place(near), "-1536 -512 2048 1024");
        assert_eq!(place(near.zoomed(1.0)), "-512 0 1024 512");
        assert_eq!(frame.zoomed(99.0), frame.zoomed(4.0));
    }
}
