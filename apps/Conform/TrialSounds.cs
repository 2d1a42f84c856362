using System.Collections.Concurrent;
using System.Security.Cryptography;
using Loa.Audio;

namespace Loa.Conform;

/// <summary>A tone of each length that a script asks for, and the files that are not what they should be.</summary>
sealed class TrialSounds : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("loa-conform-").FullName;
    readonly ConcurrentDictionary<string, byte[]> files = new();
    readonly Dictionary<int, (string Digest, byte[] File)> made = [];

    public byte[]? Find(string digest) => files.GetValueOrDefault(digest);

    /// <summary>A sound of so many milliseconds.</summary>
    public async Task<(string Digest, byte[] File)> Make(int length, CancellationToken cancel)
    {
        if (made.TryGetValue(length, out var known))
            return known;
        var (wav, ogg) = (Path.Combine(folder, $"{length}.wav"), Path.Combine(folder, $"{length}.ogg"));
        using (var writer = new WavWriter(wav, OggOpus.SampleRateHz))
            writer.Write(Tone(length));
        await Ffmpeg.EncodeOpus(wav, ogg, cancel);
        var file = await File.ReadAllBytesAsync(ogg, cancel);
        var digest = Convert.ToHexStringLower(SHA256.HashData(file));
        files[digest] = file;
        return made[length] = (digest, file);
    }

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

    static float[] Tone(int length) =>
        [
            .. Enumerable
                .Range(0, length * (OggOpus.SampleRateHz / 1000))
                .Select(i => (float)(0.3 * Math.Sin(2 * Math.PI * 440 * i / OggOpus.SampleRateHz))),
        ];
}
