using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loa.Audio;
using Loa.Vietnamese;

namespace Loa.Bench.Aloud;

/// <summary>How long an officer waited, ms; and the length of the sound, told beforehand and real.</summary>
sealed record ListenTimes(double First, double Whole, double Changed, double Told, double Real);

/// <summary>How it sounds: the silence at the joints, the loudness, the syllables a minute of speech.</summary>
sealed record ListenFigures(double WorstJointMs, double WorstLoudness, double WholeLoudness, double Pace);

/// <summary>The desk as a browser uses it.</summary>
sealed partial class WritingDesk(HttpClient author)
{
    const double Target = -16;

    // Below this it is the noise of a rounding.
    const float Audible = 0.003f;

    public async Task<ListenTimes> Take(string text)
    {
        var told = await Ask("/bulletins/estimate", text);
        var (first, whole) = await Listen(text);
        var (_, changed) = await Listen(Texts.Changed(text));
        var real = await Ask("/bulletins/preview", text);
        return new(
            first,
            whole,
            changed,
            told.GetProperty("durationMs").GetDouble(),
            real.GetProperty("sound").GetProperty("durationMs").GetDouble()
        );
    }

    /// <summary>Until the first sentence is on the officer's machine, and until the whole is.</summary>
    public async Task<(double First, double Whole)> Listen(string text)
    {
        var began = Stopwatch.GetTimestamp();
        var shown = await Page(HttpMethod.Post, "/bulletins/preview", new FormUrlEncodedContent([new("text", text)]));
        double? first = null;
        while (true)
        {
            if (first is null && Sentence().Match(shown) is { Success: true } sentence)
            {
                await Sound(sentence.Groups[1].Value);
                first = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
            if (shown.Contains("data-speech=\"whole\"", StringComparison.Ordinal))
                break;
            shown = await Page(HttpMethod.Get, Next().Match(shown).Groups[1].Value, null);
        }
        var whole = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return (first ?? whole, whole);
    }

    public async Task<ListenFigures> Hear(string text)
    {
        var answer = await Ask("/bulletins/preview", text);
        var shown = await Page(HttpMethod.Post, "/bulletins/preview", new FormUrlEncodedContent([new("text", text)]));
        var spoken = Sentences.Of(answer.GetProperty("sound").GetProperty("spoken").GetString()!);
        var (whole, loudness) = await Measured(answer.GetProperty("url").GetString()!);
        var (at, worstJoint, worstLoudness, speech) = (0.0, 0.0, 0.0, 0.0);
        var files = Sentence().Matches(shown).Select(match => match.Groups[1].Value).ToList();
        foreach (var (sentence, url) in spoken.Where(s => s.Syllables > 0).Zip(files))
        {
            var (said, alone) = await Measured(url);
            worstLoudness = Math.Max(worstLoudness, Math.Abs(alone - Target));
            var voiced = Quiet.Trim(said, TimeSpan.Zero).Duration.TotalSeconds;
            speech += voiced;
            if (sentence.Pause == TimeSpan.Zero)
                continue;
            var edge = (said.Duration.TotalSeconds - voiced) / 2;
            var joint = Silence(whole, at + edge + voiced / 2);
            worstJoint = Math.Max(worstJoint, Math.Abs(joint - sentence.Pause.TotalSeconds) * 1000);
            at += said.Duration.TotalSeconds + sentence.Pause.TotalSeconds - 2 * edge;
        }
        var syllables = spoken.Sum(s => s.Syllables);
        return new(worstJoint, worstLoudness, Math.Abs(loudness - Target), syllables / speech * 60);
    }

    // The longest silence that begins within the rest of a sentence and the pause after it.
    static double Silence(Sound whole, double from)
    {
        var (rate, longest, quiet) = (whole.SampleRateHz, 0, 0);
        for (var i = (int)(from * rate); i < whole.Samples.Length && longest < rate / 4; i++)
        {
            quiet = Math.Abs(whole.Samples[i]) < Audible ? quiet + 1 : 0;
            if (quiet == 0)
                continue;
            var run = quiet;
            while (i + 1 < whole.Samples.Length && Math.Abs(whole.Samples[i + 1]) < Audible)
                (i, run) = (i + 1, run + 1);
            (longest, quiet) = (Math.Max(longest, run), 0);
        }
        return (double)longest / rate;
    }

    async Task<(Sound Sound, double Loudness)> Measured(string url)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, await Sound(url));
        var measured = await Loudness.Measure(file, CancellationToken.None);
        var sound = await Ffmpeg.Decode(file, CancellationToken.None);
        File.Delete(file);
        return (sound, measured.IntegratedLufs);
    }

    Task<byte[]> Sound(string url) => author.GetByteArrayAsync(new Uri(url, UriKind.Relative));

    async Task<JsonElement> Ask(string path, string text)
    {
        using var answer = await author.PostAsJsonAsync(new Uri(path, UriKind.Relative), new { text });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    async Task<string> Page(HttpMethod method, string path, HttpContent? content)
    {
        using var asked = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        asked.Headers.Add("HX-Request", "true");
        using var answer = await author.SendAsync(asked);
        answer.EnsureSuccessStatusCode();
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("data-sentence=\"([^\"]+)\"")]
    private static partial Regex Sentence();

    [GeneratedRegex("hx-get=\"([^\"]+)\"")]
    private static partial Regex Next();
}
