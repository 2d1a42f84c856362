namespace Loa.Audio;

public sealed class EspeakTests : IDisposable
{
    readonly Workbench bench = new();

    [Fact]
    public async Task Each_voice_speaks_and_each_in_its_own_way()
    {
        var spoken = new List<byte[]>();
        foreach (var voice in Espeak.Voices)
        {
            await Espeak.Speak(Some.Sentence, voice, 150, bench["a.wav"], default);
            var sound = Wav.Read(bench["a.wav"]);
            Assert.InRange(sound.Duration.TotalSeconds, 1.5, 6);
            Assert.True(sound.Samples.Max() > 0.1);
            spoken.Add(await File.ReadAllBytesAsync(bench["a.wav"]));
        }
        Assert.Equal(3, spoken.DistinctBy(Convert.ToHexString).Count());
    }

    [Fact]
    public async Task The_same_text_is_spoken_alike_and_a_quicker_voice_is_shorter()
    {
        await Espeak.Speak(Some.Sentence, "vi", 120, bench["1.wav"], default);
        await Espeak.Speak(Some.Sentence, "vi", 120, bench["2.wav"], default);
        await Espeak.Speak(Some.Sentence, "vi", 240, bench["quick.wav"], default);
        Assert.Equal(await File.ReadAllBytesAsync(bench["1.wav"]), await File.ReadAllBytesAsync(bench["2.wav"]));
        Assert.True(Wav.Read(bench["quick.wav"]).Duration < 0.7 * Wav.Read(bench["1.wav"]).Duration);
    }

    [Theory]
    [InlineData("-v en --version")]
    [InlineData("$(reboot); `reboot`")]
    [InlineData("[[hello]] \u0001500S nhanh")]
    [InlineData("<speak>một</speak> 😀")]
    public async Task A_text_is_only_a_text(string text)
    {
        await Espeak.Speak(text, "vi", 150, bench["a.wav"], default);
        Assert.True(Wav.Read(bench["a.wav"]).Duration > TimeSpan.FromSeconds(0.4));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n…!? ")]
    public async Task Nothing_to_say_is_refused(string text) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Espeak.Speak(text, "vi", 150, bench["a.wav"], default));

    [Fact]
    public async Task Foreign_voices_impossible_speeds_and_endless_texts_are_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Speak("a", "en", 150));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Speak("a", "vi", 5));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Speak("a", "vi", 5000));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Speak(new string('a', 200_001), "vi", 150));
    }

    [Fact]
    public async Task A_full_disk_is_an_error_and_no_shorter_sentence() =>
        await Assert.ThrowsAnyAsync<IOException>(() => Espeak.Speak(Some.Sentence, "vi", 150, "/dev/full", default));

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error() =>
        await Assert.ThrowsAnyAsync<IOException>(() => Espeak.Speak("một", "vi", 150, bench["no/such/a.wav"], default));

    public void Dispose() => bench.Dispose();

    Task Speak(string text, string voice, int speed) => Espeak.Speak(text, voice, speed, bench["a.wav"], default);
}
