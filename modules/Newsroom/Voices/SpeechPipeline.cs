using System.Runtime.InteropServices;
using Loa.Audio;
using Loa.Kernel;
using Loa.Papers;

namespace Loa.Newsroom.Voices;

/// <summary>
/// The way from words to sound: voice → level (EBU R128) → master and Ogg Opus → papers → waveform.
/// Whatever stops it, nothing half is left where anybody looks.
/// </summary>
sealed class SpeechPipeline(PaperStore papers, Storage storage, TimeProvider clock)
{
    /// <summary>Another version makes another sound of the same text; raised when a step changes what is heard.</summary>
    public const string Version = "2";

    const long LeastRoom = 8 * 1024 * 1024;

    // A letter takes a twelfth of a second; raw, prepared, tried and mastered it lies there at once.
    const int RoomOfLetter = 32 * 1024;

    // Fine enough for a picture, small enough for an hour of speech.
    const int PictureRateHz = 8_000;

    public async Task<Rendering> Run(string key, IVoice voice, string spoken, CancellationToken cancel)
    {
        EnsureRoom(spoken);
        var folder = Path.Combine(FolderIn(storage), Guid.CreateVersion7().ToString());
        Directory.CreateDirectory(folder);
        try
        {
            var (raw, master, air) = (
                Path.Combine(folder, "voice.wav"),
                Path.Combine(folder, "master.flac"),
                Path.Combine(folder, "air.opus")
            );
            await voice.Speak(spoken, raw, cancel);
            var measured = await Loudness.Level(raw, master, cancel);
            await Ffmpeg.EncodeOpus(master, air, cancel);
            var peaks = await Draw(master, Path.Combine(folder, "picture.pcm"), cancel);

            var masterPaper = await papers.PutFile(master, cancel);
            var airPaper = await papers.PutFile(air, cancel);
            return new Rendering
            {
                Key = key,
                Voice = voice.Name,
                Spoken = spoken,
                Master = masterPaper.Digest,
                Digest = airPaper.Digest,
                Length = airPaper.Length,
                Bytes = airPaper.Length + masterPaper.Length,
                DurationMs = (long)measured.Duration.TotalMilliseconds,
                Loudness = Math.Round(measured.IntegratedLufs, 1),
                TruePeak = Math.Round(measured.TruePeakDbtp, 1),
                Peaks = PeakText.Write(peaks),
                At = clock.Moment(),
                TakenAt = clock.Moment(),
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A voice that runs out of room ends as if all were well, and its half file is no sound that anybody can read.
    void EnsureRoom(string spoken)
    {
        if (new DriveInfo(FolderIn(storage)).AvailableFreeSpace < LeastRoom + (long)spoken.Length * RoomOfLetter)
            throw new NoRoomException();
    }

    /// <summary>Where work goes on; what is finished lies elsewhere.</summary>
    public static string FolderIn(Storage storage) => storage.FolderOf("renderings");

    static async Task<float[]> Draw(string master, string picture, CancellationToken cancel)
    {
        await Ffmpeg.Run(
            [
                "-loglevel",
                "error",
                .. Ffmpeg.Input(master),
                "-ac",
                "1",
                "-ar",
                $"{PictureRateHz}",
                "-f",
                "s16le",
                $"file:{picture}",
            ],
            cancel
        );
        var waveform = new Waveform();
        var buffer = new byte[64 * 1024];
        await using var samples = File.OpenRead(picture);
        for (int read; (read = await samples.ReadAtLeastAsync(buffer, buffer.Length, false, cancel)) > 0; )
            waveform.Add(MemoryMarshal.Cast<byte, short>(buffer.AsSpan(0, read)));
        return waveform.Peaks(PeakText.Bars);
    }
}
