using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loa.Audio;

/// <summary>Brings every recording to the same loudness, so that no bulletin shouts and none whispers.</summary>
public static class Loudness
{
    public const double TargetLufs = -16;
    public const double ToleranceLu = 1;
    public const double CeilingDbtp = -1.5;

    // Aim closer than what is promised, so that the Opus copy stays inside too.
    const double aimLu = 0.3;
    const double marginDb = 0.1;
    const int mostCorrections = 8;

    // Speech that stays within this range only needs the right volume; what goes beyond is evened out first.
    const double widestRangeLu = 11;
    const string even = "loudnorm=I=-16:TP=-1.5:LRA=11";
    static readonly string[] toNowhere = ["-f", "null", "-"];

    // Each try is measured as it is written.
    const string meter = "ebur128=peak=true:framelog=verbose";

    /// <exception cref="LevellingException">The file holds no sound that can be read.</exception>
    public static async Task<Measured> Measure(string path, CancellationToken cancel)
    {
        var (report, duration) = await Listen(path, meter, toNowhere, cancel);
        return FfmpegReport.Loudness(report, duration);
    }

    /// <summary>Whether it may go over the air as it is.</summary>
    public static bool Holds(Measured measured) =>
        Math.Abs(measured.IntegratedLufs - TargetLufs) <= ToleranceLu && measured.TruePeakDbtp <= CeilingDbtp;

    /// <summary>Writes the levelled master (48 kHz mono 16-bit, WAV or FLAC by its extension): −16 LUFS ±1, true peak ≤ −1.5 dBTP.</summary>
    /// <exception cref="LevellingException">It is silent, unreadable, or cannot be levelled.</exception>
    public static async Task<Measured> Level(string source, string master, CancellationToken cancel)
    {
        var clean = $"{await Clean(source, cancel)},aresample=48000";
        var heard = await Survey(source, clean, cancel);
        if (heard.Range <= widestRangeLu)
            return await Turn(source, $"{clean},", TargetLufs - heard.IntegratedLufs, master, cancel);
        // The meter counts the beginning of a short sound as quiet; this one does not, and takes longer.
        var first = await Prepare(source, clean, cancel);
        if (double.Parse(first.Range, CultureInfo.InvariantCulture) <= widestRangeLu)
            return await Turn(source, $"{clean},", TargetLufs - heard.IntegratedLufs, master, cancel);
        var evened = Beside(master, ".wav");
        try
        {
            await Even(source, clean, first, evened, cancel);
            return await Turn(evened, "", 0, master, cancel);
        }
        finally
        {
            File.Delete(evened);
        }
    }

    /// <summary>The same of what a voice of ours said: one clean channel, evenly loud, and how loud is known.</summary>
    /// <exception cref="LevellingException">It cannot be levelled.</exception>
    public static Task<Measured> Level(string source, Measured heard, string master, CancellationToken cancel) =>
        Turn(source, "aresample=48000,", TargetLufs - heard.IntegratedLufs, master, cancel);

    static async Task<(double IntegratedLufs, double Range)> Survey(
        string source,
        string clean,
        CancellationToken cancel
    )
    {
        var (report, duration) = await Listen(
            source,
            $"{clean},ebur128=peak=sample:framelog=verbose",
            toNowhere,
            cancel
        );
        var heard = FfmpegReport.Loudness(report, duration);
        return heard.Silent
            ? throw new LevellingException(LevellingFault.Silent, "There is nothing to hear in the recording.")
            : (heard.IntegratedLufs, FfmpegReport.Range(report));
    }

    static async Task<FirstPass> Prepare(string source, string clean, CancellationToken cancel)
    {
        var (report, _) = await Listen(source, $"{clean},{even}:print_format=json", toNowhere, cancel);
        return JsonSerializer.Deserialize<FirstPass>(FfmpegReport.Json(report))!;
    }

    static Task Even(string source, string clean, FirstPass first, string path, CancellationToken cancel) =>
        Listen(
            source,
            $"{clean},{even}:measured_I={first.Integrated}:measured_TP={first.TruePeak}:"
                + $"measured_LRA={first.Range}:measured_thresh={first.Threshold},aresample=48000",
            ["-c:a", "pcm_f32le", "-ac", "1", .. Ffmpeg.Output(path)],
            cancel
        );

    static async Task<string> Clean(string source, CancellationToken cancel)
    {
        try
        {
            return await Channels.Clean(source, cancel);
        }
        catch (ToolException e) when (e.ExitCode is not null)
        {
            throw Unreadable(e);
        }
    }

    static LevellingException Unreadable(ToolException why) =>
        new(LevellingFault.Unreadable, "The recording is no sound file that we can read.", why);

    // Turns the volume while a limiter, at four times the rate, holds the peaks that rise between the samples.
    // The limiter takes a little loudness away, so the result is measured and the next try aims higher.
    static async Task<Measured> Turn(
        string source,
        string prepare,
        double gain,
        string master,
        CancellationToken cancel
    )
    {
        var trial = Beside(master, Path.GetExtension(master));
        try
        {
            var result = await Tries(source, prepare, gain, trial, cancel);
            File.Move(trial, master, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(trial);
        }
    }

    static async Task<Measured> Tries(
        string source,
        string prepare,
        double gain,
        string trial,
        CancellationToken cancel
    )
    {
        var ceiling = CeilingDbtp - marginDb;
        Measured result;
        for (var corrections = 0; ; corrections++)
        {
            var filter = FormattableString.Invariant(
                $"{prepare}volume={gain:0.00}dB,aresample=192000,alimiter=limit={ceiling:0.00}dB:attack=5:release=60:level=0:latency=1,aresample=48000,{meter}"
            );
            result = await Write(source, filter, trial, cancel);
            var wanted = corrections < mostCorrections ? aimLu : ToleranceLu;
            if (Math.Abs(result.IntegratedLufs - TargetLufs) <= wanted && result.TruePeakDbtp <= CeilingDbtp)
                return result;
            if (corrections == mostCorrections)
                break;
            gain += TargetLufs - result.IntegratedLufs;
            ceiling -= Math.Max(0, result.TruePeakDbtp - CeilingDbtp);
        }
        throw new LevellingException(
            LevellingFault.Missed,
            FormattableString.Invariant(
                $"The recording came to {result.IntegratedLufs:0.0} LUFS with a true peak of {result.TruePeakDbtp:0.0} dBTP."
            )
        );
    }

    static async Task<Measured> Write(string source, string filter, string path, CancellationToken cancel)
    {
        var (report, duration) = await Listen(
            source,
            filter,
            ["-sample_fmt", "s16", "-ac", "1", .. Ffmpeg.Output(path)],
            cancel
        );
        return FfmpegReport.Loudness(report, duration);
    }

    static async Task<(string Report, TimeSpan Duration)> Listen(
        string path,
        string filter,
        IEnumerable<string> output,
        CancellationToken cancel
    )
    {
        using var progress = new MemoryStream();
        try
        {
            var report = await Ffmpeg.Run(
                [.. Ffmpeg.Input(path), "-progress", "pipe:1", "-af", filter, .. output],
                progress,
                cancel
            );
            var duration = FfmpegReport.Duration(progress);
            return duration <= Ffmpeg.Longest
                ? (report, duration)
                : throw new LevellingException(
                    LevellingFault.TooLong,
                    $"The recording is longer than {Ffmpeg.Longest.TotalHours:0} hours."
                );
        }
        catch (ToolException e) when (e.ExitCode is not null)
        {
            throw Unreadable(e);
        }
    }

    static string Beside(string path, string extension) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.CreateVersion7():n}{extension}");

    sealed record FirstPass(
        [property: JsonPropertyName("input_i")] string Integrated,
        [property: JsonPropertyName("input_tp")] string TruePeak,
        [property: JsonPropertyName("input_lra")] string Range,
        [property: JsonPropertyName("input_thresh")] string Threshold
    );
}
