using System.Collections.Concurrent;
using System.Security.Cryptography;
using Loa.Audio;

namespace Loa.Conform;

/// <summary>A tone of each length that the scripts ask for, and the files that are not what they should be.</summary>
sealed class TrialSounds : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("loa-conform-").FullName;
    readonly ConcurrentDictionary<string, byte[]> files = new();
    readonly ConcurrentDictionary<int, (string Digest, byte[] File)> made = new();

    /// <summary>Makes them before the first script begins, whose moments count from when it is told.</summary>
    public static async Task<TrialSounds> Of(IEnumerable<Script> scripts, CancellationToken cancel)
    {
        var sounds = new TrialSounds();
        var lengths = scripts.SelectMany(s => s.Steps).SelectMany(s => s.Timetable ?? []).Select(i => i.LengthMs);
        await Parallel.ForEachAsync(lengths.Distinct(), cancel, (length, token) => sounds.Make(length, token));
        return sounds;
    }

    public byte[]? Find(string digest) => files.GetValueOrDefault(digest);

    /// <summary>A sound of so many milliseconds.</summary>
    public (string Digest, byte[] File) Lasting(int length) => made[length];

    /// <summary>The name of a sound under which another one of the same length lies.</summary>
    public string Spoil(byte[] file)
    {
        byte[] other = [.. file];
        other[^1] ^= 1;
        var digest = Convert.ToHexStringLower(SHA256.HashData([.. file, 0]));
        files[digest] = other;
        return digest;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async ValueTask Make(int length, CancellationToken cancel)
    {
        var (wav, ogg) = (Path.Combine(folder, $"{length}.wav"), Path.Combine(folder, $"{length}.ogg"));
        using (var writer = new WavWriter(wav, OggOpus.SampleRateHz))
            writer.Write(Tone(length));
        await Ffmpeg.EncodeOpus(wav, ogg, cancel);
        var file = await File.ReadAllBytesAsync(ogg, cancel);
        var digest = Convert.ToHexStringLower(SHA256.HashData(file));
        files[digest] = file;
        made[length] = (digest, file);
    }

    static float[] Tone(int length) =>
        [
            .. Enumerable
                .Range(0, length * (OggOpus.SampleRateHz / 1000))
                .Select(i => (float)(0.3 * Math.Sin(2 * Math.PI * 440 * i / OggOpus.SampleRateHz))),
        ];
}
