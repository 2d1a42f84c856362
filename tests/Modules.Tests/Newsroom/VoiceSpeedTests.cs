using System.Runtime.CompilerServices;
using Loa.Audio;
using Loa.Newsroom.Voices;
using Loa.Vietnamese;

namespace Loa.Newsroom;

/// <summary>How quickly the voices read what the golden file holds, and how well that is known beforehand.</summary>
[AnyEngine]
public sealed class VoiceSpeedTests : IDisposable
{
    readonly string file = Path.GetTempFileName();

    [Theory]
    [InlineData("vi", ReadingPace.Usual, 150, 165)]
    [InlineData("vi-vn-x-central", ReadingPace.Usual, 150, 165)]
    [InlineData("vi-vn-x-south", ReadingPace.Usual, 150, 165)]
    [InlineData("vi", ReadingPace.Slow, 128, 142)]
    [InlineData("vi", ReadingPace.Quick, 171, 189)]
    public async Task A_voice_reads_as_many_syllables_a_minute_as_it_is_told(string name, int pace, int least, int most)
    {
        var voice = new EspeakVoice(name);
        var (syllables, heard) = (0, TimeSpan.Zero);
        foreach (var sentence in Golden().SelectMany(Sentences.Of).Where(s => s.Syllables >= 8).Take(16))
        {
            syllables += sentence.Syllables;
            heard += await Said(voice, sentence.Text, new(pace));
        }
        Assert.InRange(syllables / heard.TotalMinutes, least, most);
    }

    [Theory]
    [InlineData("vi", ReadingPace.Usual)]
    [InlineData("vi-vn-x-central", ReadingPace.Slow)]
    [InlineData("vi-vn-x-south", ReadingPace.Quick)]
    public async Task How_long_a_text_will_sound_is_known_within_a_tenth(string name, int pace)
    {
        foreach (var text in Texts())
        {
            var script = ReadingScript.Of(text, new EspeakVoice(name), new(pace));
            var heard = TimeSpan.Zero;
            foreach (var line in script.Lines)
                heard +=
                    await Said(script.Voice, line.Text, script.Pace)
                    + 2 * SpeechPipeline.Edge
                    + ReadingScript.SilenceAfter(line);

            var told = script.Estimate(_ => null);

            Assert.True(
                Math.Abs(told / heard - 1) <= 0.1,
                $"{told.TotalSeconds:0.0} s said of {heard.TotalSeconds:0.0} s: {script.Spoken[..40]}…"
            );
        }
    }

    public void Dispose() => File.Delete(file);

    async Task<TimeSpan> Said(IVoice voice, string text, ReadingPace pace)
    {
        await voice.Speak(text, pace, file, TestContext.Current.CancellationToken);
        return Quiet.Trim(Wav.Read(file), TimeSpan.Zero).Duration;
    }

    // What an officer writes: with figures, plain, short, long.
    static IEnumerable<string> Texts()
    {
        yield return Desk.WithFigures;
        yield return Desk.Plain;
        yield return "Ngày mai xã tổ chức tiêm phòng cho trẻ em dưới năm tuổi tại trạm y tế.";
        yield return "Công ty cấp nước thông báo: giá nước từ 01/7/2026 là 9.500 đồng/m3, mức 2 là 12.350 đồng/m3.";
        foreach (var part in Golden().Where(text => Sentences.Of(text).Sum(s => s.Syllables) > 20).Chunk(8).Take(2))
            yield return string.Join("\n", part);
    }

    static IEnumerable<string> Golden([CallerFilePath] string here = "") =>
        File.ReadLines(
                Path.Combine(Path.GetDirectoryName(here)!, "../../Libraries.Tests/Vietnamese/Reading.golden.txt")
            )
            .SkipWhile(line => line != "# Bulletins")
            .Where(line => line.Contains(" → ", StringComparison.Ordinal))
            .Select(line => line.Split(" → ")[1].Replace("\\n", "\n", StringComparison.Ordinal));
}
