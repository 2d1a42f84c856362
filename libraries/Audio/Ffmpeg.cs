using System.Runtime.InteropServices;

namespace Loa.Audio;

/// <summary>Turns sound files into one another with ffmpeg; what comes from outside can neither reach the network nor other files.</summary>
public static class Ffmpeg
{
    public const int SampleRateHz = 48_000;

    /// <summary>No recording that we take is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    static readonly Tool tool = new("ffmpeg", "ffmpeg");
    static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    // Playlists and the like could make ffmpeg open addresses that an uploader chose.
    const string containers = "wav,flac,ogg,mp3,mov,matroska,webm,aac,aiff,caf,w64";

    /// <summary>Runs ffmpeg quietly and returns the end of what it wrote to standard error.</summary>
    public static Task<string> Run(IEnumerable<string> arguments, CancellationToken cancel) =>
        Run(arguments, null, cancel);

    public static Task<string> Run(IEnumerable<string> arguments, Stream? output, CancellationToken cancel) =>
        tool.Run(["-nostdin", "-hide_banner", "-nostats", "-y", .. arguments], default, output, patience, cancel);

    /// <summary>The arguments that read the sound of one file as mono and nothing else.</summary>
    public static IEnumerable<string> Input(string path) =>
        [
            "-protocol_whitelist",
            "file",
            "-format_whitelist",
            containers,
            "-t",
            // A second more, so that what is too long shows.
            $"{Longest.TotalSeconds + 1:0}",
            "-i",
            // The prefix keeps a strange name from being taken for an option or an address.
            $"file:{Path.GetFullPath(path)}",
            "-map",
            "0:a:0",
            "-map_metadata",
            "-1",
        ];

    /// <summary>The arguments that write a file whose bytes depend on the sound alone.</summary>
    public static IEnumerable<string> Output(string path) =>
        ["-fflags", "+bitexact", "-flags:a", "+bitexact", $"file:{Path.GetFullPath(path)}"];

    /// <summary>Reads any sound file as mono at 48 kHz.</summary>
    public static async Task<Sound> Decode(string path, CancellationToken cancel)
    {
        using var pcm = new MemoryStream();
        await Run(
            [
                "-loglevel",
                "error",
                .. Input(path),
                "-af",
                await Channels.One(path, cancel),
                "-ar",
                $"{SampleRateHz}",
                "-f",
                "f32le",
                "pipe:1",
            ],
            pcm,
            cancel
        );
        var bytes = pcm.GetBuffer().AsSpan(0, (int)pcm.Length);
        return new Sound(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), SampleRateHz);
    }

    /// <summary>Writes mono sound without loss, in 16 bits.</summary>
    public static Task EncodeFlac(string source, string path, CancellationToken cancel) =>
        Run(["-loglevel", "error", .. Input(source), "-sample_fmt", "s16", "-ac", "1", .. Output(path)], cancel);

    /// <summary>Makes the copy that goes over the air: Ogg Opus, mono, 24 kbit/s, 20 ms frames; the same sound gives the same bytes.</summary>
    public static async Task EncodeOpus(string source, string path, CancellationToken cancel) =>
        await EncodeOpus(source, await Channels.One(source, cancel), path, cancel);

    /// <summary>The same of a master, which has one channel.</summary>
    public static Task EncodeMaster(string master, string path, CancellationToken cancel) =>
        EncodeOpus(master, "anull", path, cancel);

    static Task EncodeOpus(string source, string filter, string path, CancellationToken cancel) =>
        Run(
            [
                "-loglevel",
                "error",
                .. Input(source),
                "-af",
                filter,
                "-ar",
                $"{SampleRateHz}",
                "-c:a",
                "libopus",
                "-b:a",
                "24k",
                "-vbr",
                "on",
                "-application",
                "audio",
                "-frame_duration",
                "20",
                "-serial_offset",
                "0",
                "-f",
                "ogg",
                .. Output(path),
            ],
            cancel
        );
}
