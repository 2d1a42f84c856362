using Loa.People.Data;
using Loa.People.Units;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Credentials;

/// <summary>Tells whether a password is among the first that somebody would try on this officer.</summary>
sealed class EasyPassword(PeopleDb db, UnitRegister units)
{
    /// <summary>Bits of guessing a password must stand; the ten thousand commonest stand 13.</summary>
    public const double Least = 33;

    public async Task<bool> Is(string password, Account account, CancellationToken cancel)
    {
        var row = await db
            .Cases.AsNoTracking()
            .Where(c => c.Id == account.Id)
            .Select(c => new { c.Title, c.UnitId })
            .FirstOrDefaultAsync(cancel);
        var tree = await units.Today(cancel);
        return Guesswork.Bits(
                password,
                [account.UserName!, row?.Title ?? "", .. tree.PathOf(row?.UnitId ?? Guid.Empty).Select(tree.NameOf)]
            ) < Least;
    }
}
