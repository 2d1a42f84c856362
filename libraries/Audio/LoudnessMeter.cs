namespace Loa.Audio;

/// <summary>
/// Measures how loud a sound of one channel is (EBU R128 after ITU-R BS.1770) while it is put together. What lies in memory is
/// measured in a tenth of the time that a tool takes to read and measure its file.
/// </summary>
public sealed class LoudnessMeter(int sampleRateHz)
{
    // Blocks of 400 ms that overlap by three quarters.
    const int stepsOfBlock = 4;

    const double absoluteGate = -70;
    const double relativeGate = -10;

    readonly int step = sampleRateHz / 10;
    readonly Biquad head = Biquad.Head(sampleRateHz);
    readonly Biquad ear = Biquad.Ear(sampleRateHz);
    readonly List<double> steps = [];
    long samples;
    double energy;
    float peak;

    /// <summary>A part that begins and ends in silence; no peak lies between it and the next.</summary>
    public void Add(ReadOnlySpan<float> part)
    {
        for (var rest = part; !rest.IsEmpty; )
        {
            var now = rest[..(int)Math.Min(rest.Length, step - samples % step)];
            foreach (var sample in now)
            {
                var heard = ear.Next(head.Next(sample));
                energy += heard * heard;
            }
            samples += now.Length;
            rest = rest[now.Length..];
            if (samples % step != 0)
                continue;
            steps.Add(energy / step);
            energy = 0;
        }
        peak = Math.Max(peak, TruePeak.Of(part));
    }

    public Measured Measured =>
        new(Integrated(), 20 * Math.Log10(peak), TimeSpan.FromSeconds((double)samples / sampleRateHz));

    double Integrated()
    {
        var blocks = new List<double>();
        for (var i = 0; i + stepsOfBlock <= steps.Count; i++)
        {
            var block = (steps[i] + steps[i + 1] + steps[i + 2] + steps[i + 3]) / stepsOfBlock;
            if (Lufs(block) > absoluteGate)
                blocks.Add(block);
        }
        if (blocks.Count == 0)
            return absoluteGate;
        var gate = Lufs(blocks.Average()) + relativeGate;
        return Lufs(blocks.Where(block => Lufs(block) > gate).Average());
    }

    static double Lufs(double meanSquare) => -0.691 + 10 * Math.Log10(meanSquare);

    sealed class Biquad(double b0, double b1, double b2, double a1, double a2)
    {
        double first;
        double second;

        // The head that shades the microphone.
        public static Biquad Head(int rate)
        {
            const double hertz = 1681.974450955533;
            const double q = 0.7071752369554196;
            const double high = 1.584864701130855;
            const double middle = 1.258720930232562;
            var k = Math.Tan(Math.PI * hertz / rate);
            var whole = 1 + k / q + k * k;
            return new(
                (high + middle * k / q + k * k) / whole,
                2 * (k * k - high) / whole,
                (high - middle * k / q + k * k) / whole,
                2 * (k * k - 1) / whole,
                (1 - k / q + k * k) / whole
            );
        }

        // The ear that hears little of what is low.
        public static Biquad Ear(int rate)
        {
            const double hertz = 38.13547087602444;
            const double q = 0.5003270373238773;
            var k = Math.Tan(Math.PI * hertz / rate);
            var whole = 1 + k / q + k * k;
            return new(1, -2, 1, 2 * (k * k - 1) / whole, (1 - k / q + k * k) / whole);
        }

        public double Next(double sample)
        {
            var filtered = b0 * sample + first;
            first = b1 * sample - a1 * filtered + second;
            second = b2 * sample - a2 * filtered;
            return filtered;
        }
    }
}
