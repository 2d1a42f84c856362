using System.Security.Cryptography;
using Loa.Kernel;

namespace Loa.Papers;

/// <summary>An immutable blob, known by what it holds.</summary>
/// <param name="Digest">SHA-256, lower-case hex.</param>
/// <param name="Length">Bytes.</param>
public sealed record Paper(string Digest, long Length);

/// <summary>
/// Keeps papers as files named by their SHA-256. What is there is whole: a file gets its name only after
/// all of it is on the disk, and the same content is kept once.
/// </summary>
public sealed class PaperStore(Storage storage)
{
    readonly string folder = storage.FolderOf("papers");

    /// <summary>Where bytes lie that are not a paper yet.</summary>
    internal string Incoming => storage.FolderOf("papers", "incoming");

    public async Task<Paper> Put(Stream content, CancellationToken cancel)
    {
        using var incoming = await Receive(content, cancel);
        return incoming.Keep();
    }

    /// <summary>Takes the bytes in; they become a paper only when they are kept, and leave nothing when they are not.</summary>
    public Task<IncomingPaper> Receive(Stream content, CancellationToken cancel) =>
        Receive(into => content.CopyToAsync(into, cancel));

    /// <summary>Takes in what somebody writes.</summary>
    public async Task<IncomingPaper> Receive(Func<Stream, Task> write)
    {
        var temporary = Path.Combine(Incoming, Guid.CreateVersion7().ToString());
        try
        {
            using var sha = SHA256.Create();
            long length;
            await using (
                var file = new FileStream(
                    temporary,
                    FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.None,
                    64 * 1024,
                    FileOptions.Asynchronous
                )
            )
            {
                await using (var hashed = new CryptoStream(file, sha, CryptoStreamMode.Write, leaveOpen: true))
                    await write(hashed);
                length = file.Length;
                file.Flush(flushToDisk: true);
            }
            var digest = Convert.ToHexStringLower(sha.Hash!);
            return new(new(digest, length), temporary, PathOf(digest));
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public async Task<Paper> PutFile(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return await Put(file, cancel);
    }

    /// <summary>Throws a paper away that no act names; whoever reads it now reads it to the end.</summary>
    public void Discard(string digest) => File.Delete(PathOf(digest));

    public bool Has(string digest) => IsDigest(digest) && File.Exists(PathOf(digest));

    /// <summary>Where the paper lies, or would; <paramref name="digest"/> must be one, so that no name leads elsewhere.</summary>
    public string PathOf(string digest) =>
        IsDigest(digest) ? Path.Combine(folder, digest[..2], digest) : throw new MissingException("paper");

    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
