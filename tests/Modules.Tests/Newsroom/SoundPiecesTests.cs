using System.Security.Cryptography;
using Loa.Air;
using Loa.Newsroom.Approval;
using Loa.Newsroom.Bulletins;
using Loa.Papers;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Newsroom;

public sealed class SoundPiecesTests(RunningServer server)
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(Release.PieceBytes, null)]
    [InlineData(Release.PieceBytes + 1, 2)]
    [InlineData(3 * Release.PieceBytes, 3)]
    [InlineData(65L * Release.PieceBytes, null)]
    public async Task A_release_names_the_pieces_of_a_sound_that_has_some(long length, int? count)
    {
        var bytes = RandomNumberGenerator.GetBytes((int)length);
        var papers = server.Services.GetRequiredService<PaperStore>();
        var paper = await papers.Put(new MemoryStream(bytes), CancellationToken.None);
        var sound = new BulletinSound(paper.Digest, paper.Length, paper.Digest, 1_000, -16, -2, "", []);

        var pieces = new SoundPieces(papers).Of(sound);

        Assert.Equal(count, pieces?.Count);
        for (var i = 0; i < (pieces?.Count ?? 0); i++)
        {
            var piece = bytes.AsSpan(i * Release.PieceBytes)[
                ..Math.Min(Release.PieceBytes, bytes.Length - i * Release.PieceBytes)
            ];
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(piece)), pieces![i]);
        }
        papers.Discard(paper.Digest);
    }
}
