using System.Security.Cryptography;
using Loa.Air;
using Loa.Newsroom.Bulletins;
using Loa.Papers;

namespace Loa.Newsroom.Approval;

/// <summary>The digests of a sound's pieces, for boards that cannot hold it whole.</summary>
sealed class SoundPieces(PaperStore papers)
{
    /// <summary>Null for a sound that is one piece, or that has too many to be named.</summary>
    public IReadOnlyList<string>? Of(BulletinSound sound)
    {
        if (sound.Length <= Release.PieceBytes || Release.PiecesOf(sound.Length) > Release.MostPieces)
            return null;
        using var file = File.OpenRead(papers.PathOf(sound.Digest));
        var piece = new byte[Release.PieceBytes];
        var digests = new List<string>();
        while (file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false) is > 0 and var read)
            digests.Add(Convert.ToHexStringLower(SHA256.HashData(piece.AsSpan(0, read))));
        return digests;
    }
}
