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

    /// <exception cref="LevellingException">The file holds no sound that can be read.</exception>
    public static async Task<Measured> Measure(string path, CancellationToken cancel)
    {
        var (report, duration) = await Listen(path, "ebur128=peak=true:framelog=verbose", cancel);
        return FfmpegReport.Loudness(report, duration);
    }

    /// <summary>Writes the levelled master (48 kHz mono 16-bit, WAV or FLAC by its extension): −16 LUFS ±1, true peak ≤ −1.5 dBTP.</summary>
    /// <exception cref="LevellingException">It is silent, unreadable, or cannot be levelled.</exception>
    public static async Task<Measured> Level(string source, string master, CancellationToken cancel)
    {
        var (filter, gain) = await Survey(source, cancel);
        var prepared = Beside(master, ".wav");
        var trial = Beside(master, Path.GetExtension(master));
        try
        {
            await Convert(source, filter, "flt", prepared, cancel);
            var result = await Turn(prepared, gain, trial, cancel);
            File.Move(trial, master, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(prepared);
            File.Delete(trial);
        }
    }

    static async Task<(string Filter, double Gain)> Survey(string source, CancellationToken cancel)
    {
        var mono = $"{await Clean(source, cancel)},aresample=48000";
        var (report, _) = await Listen(source, $"{mono},{even}:print_format=json", cancel);
        var first = JsonSerializer.Deserialize<FirstPass>(FfmpegReport.Json(report))!;
        if (first.Integrated.Contains("inf", StringComparison.Ordinal))
            throw new LevellingException(LevellingFault.Silent, "There is nothing to hear in the recording.");
        if (double.Parse(first.Range, CultureInfo.InvariantCulture) <= widestRangeLu)
            return (mono, TargetLufs - double.Parse(first.Integrated, CultureInfo.InvariantCulture));
        var evened =
            $"{mono},{even}:measured_I={first.Integrated}:measured_TP={first.TruePeak}:"
            + $"measured_LRA={first.Range}:measured_thresh={first.Threshold},aresample=48000";
        return (evened, 0);
    }

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
    static async Task<Measured> Turn(string prepared, double gain, string trial, CancellationToken cancel)
    {
        var ceiling = CeilingDbtp - marginDb;
        Measured result;
        for (var corrections = 0; ; corrections++)
        {
            var filter = FormattableString.Invariant(
                $"volume={gain:0.00}dB,aresample=192000,alimiter=limit={ceiling:0.00}dB:attack=5:release=60:level=0:latency=1,aresample=48000"
            );
            await Convert(prepared, filter, "s16", trial, cancel);
            result = await Measure(trial, cancel);
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

    static async Task Convert(string source, string filter, string format, string path, CancellationToken cancel)
    {
        string[] codec = format == "flt" ? ["-c:a", "pcm_f32le"] : ["-sample_fmt", "s16"];
        await Ffmpeg.Run(
            [
                "-loglevel",
                "error",
                .. Ffmpeg.Input(source),
                "-af",
                filter,
                .. codec,
                "-ac",
                "1",
                .. Ffmpeg.Output(path),
            ],
            cancel
        );
    }

    static async Task<(string Report, TimeSpan Duration)> Listen(string path, string filter, CancellationToken cancel)
    {
        using var progress = new MemoryStream();
        try
        {
            var report = await Ffmpeg.Run(
                [.. Ffmpeg.Input(path), "-progress", "pipe:1", "-af", filter, "-f", "null", "-"],
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
