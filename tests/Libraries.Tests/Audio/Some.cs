namespace Loa.Audio;

/// <summary>Sounds and texts for tests where it does not matter which.</summary>
static class Some
{
    public const string Sentence = "Ủy ban nhân dân xã thông báo lịch tiêm chủng.";

    const string paragraph =
        "Kính thưa bà con nhân dân. Ủy ban nhân dân xã thông báo lịch tiêm chủng mở rộng tháng mười một. "
        + "Bà con có con em từ hai tháng tuổi mang theo sổ tiêm chủng đến trạm y tế xã lúc bảy giờ ba mươi phút sáng. "
        + "Đề nghị các trưởng thôn nhắc nhở từng hộ gia đình. Xin trân trọng cảm ơn! ";

    public static string Minute => string.Concat(Enumerable.Repeat(paragraph, 4));

    public static Sound Noise(double seconds, int seed = 1, float level = 0.2f)
    {
        var random = new Random(seed);
        var samples = new float[(int)(seconds * 48_000)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = level * (2 * random.NextSingle() - 1);
        return new Sound(samples, 48_000);
    }

    public static Sound Tone(double seconds, double hertz = 440, float level = 0.2f)
    {
        var samples = new float[(int)(seconds * 48_000)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = level * (float)Math.Sin(2 * Math.PI * hertz * i / 48_000);
        return new Sound(samples, 48_000);
    }

    public static void Save(Sound sound, string path)
    {
        using var writer = new WavWriter(path, sound.SampleRateHz);
        writer.Write(sound.Samples);
    }

    /// <summary>Spoken, levelled and encoded, as a bulletin is.</summary>
    public static async Task<(string Master, string Air)> Bulletin(Workbench bench, string text, string voice = "vi")
    {
        var (spoken, master, air) = (bench["spoken.wav"], bench["master.wav"], bench["air.opus"]);
        await Espeak.Speak(text, voice, 150, spoken, default);
        await Loudness.Level(spoken, master, default);
        await Ffmpeg.EncodeOpus(master, air, default);
        return (master, air);
    }

    public static Sound Play(byte[] file)
    {
        Assert.Equal(OggFault.None, OggOpus.TryOpen(file, out var opened));
        using var playback = new OpusPlayback(opened!);
        var pcm = new short[opened!.Samples + 1];
        Assert.Equal(opened.Samples, playback.Read(pcm));
        Assert.Equal(0, playback.Damaged);
        return new Sound([.. pcm[..^1].Select(sample => sample / 32768f)], OggOpus.SampleRateHz);
    }
}
