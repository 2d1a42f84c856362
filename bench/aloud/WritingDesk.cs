using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loa.Audio;
using Loa.Vietnamese;

namespace Loa.Bench.Aloud;

/// <summary>How long an officer waited, ms; and the length of the sound, told beforehand and real.</summary>
sealed record ListenTimes(double First, double Whole, double Changed, double Told, double Real);

/// <summary>How it sounds: the silence at the joints and at commas, the loudness, the syllables a minute of speech.</summary>
sealed record ListenFigures(
    double WorstJointMs,
    double LongestCommaMs,
    double WorstLoudness,
    double WholeLoudness,
    double Pace
);

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
        var (at, worstJoint, longestComma, worstLoudness, speech) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var files = Sentence().Matches(shown).Select(match => match.Groups);
        foreach (var (sentence, file) in spoken.Where(s => s.Syllables > 0).Zip(files))
        {
            var (said, alone) = await Measured(file[1].Value);
            worstLoudness = Math.Max(worstLoudness, Math.Abs(alone - Target));
            var voiced = Quiet.Trim(said, TimeSpan.Zero).Duration.TotalSeconds;
            speech += voiced;
            if (!sentence.Text.AsSpan()[..^1].ContainsAny(".!?:;"))
                longestComma = Math.Max(longestComma, Inside(said) * 1000);
            if (sentence.Pause == TimeSpan.Zero)
                continue;
            // Between the edges of the one and the next.
            var silence = double.Parse(file[2].Value, CultureInfo.InvariantCulture) / 1000;
            var joint = Silence(whole, at + said.Duration.TotalSeconds + silence / 2);
            worstJoint = Math.Max(worstJoint, Math.Abs(joint - sentence.Pause.TotalSeconds) * 1000);
            at += said.Duration.TotalSeconds + silence;
        }
        var syllables = spoken.Sum(s => s.Syllables);
        return new(worstJoint, longestComma, worstLoudness, Math.Abs(loudness - Target), syllables / speech * 60);
    }

    // The longest silence between its first and its last word.
    static double Inside(Sound sentence)
    {
        var (samples, run, longest) = (Quiet.Trim(sentence, TimeSpan.Zero).Samples, 0, 0);
        foreach (var sample in samples)
        {
            run = Math.Abs(sample) < Audible ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return (double)longest / sentence.SampleRateHz;
    }

    // How long nothing is heard around this moment.
    static double Silence(Sound whole, double moment)
    {
        var (samples, middle) = (whole.Samples, (int)(moment * whole.SampleRateHz));
        var (from, to) = (middle, middle);
        while (from > 0 && Math.Abs(samples[from - 1]) < Audible)
            from--;
        while (to < samples.Length && Math.Abs(samples[to]) < Audible)
            to++;
        return (double)(to - from) / whole.SampleRateHz;
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

    [GeneratedRegex("data-sentence=\"([^\"]+)\" data-silence=\"([^\"]+)\"")]
    private static partial Regex Sentence();

    [GeneratedRegex("hx-get=\"([^\"]+)\"")]
    private static partial Regex Next();
}
